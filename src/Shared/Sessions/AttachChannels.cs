using Grpc.Core;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>The connections to coordinators: one to the configured address, and one to the last other that was dialled.</summary>
/// <typeparam name="TChannel">Their kind.</typeparam>
/// <param name="home">The configured address.</param>
/// <param name="create">Creates one; it connects with the first call.</param>
public sealed class AttachChannels<TChannel>(Uri home, Func<Uri, TChannel> create) : IDisposable
    where TChannel : ChannelBase, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TChannel _home = create(home);
    private (Uri Address, TChannel Channel)? _other;

    /// <summary>The one that was dialled last; the configured one before.</summary>
    public TChannel Current
    {
        get
        {
            lock (_gate) return field ?? _home;
        }

        private set;
    }

    /// <summary>The channel to a coordinator. It is good until another address is asked for.</summary>
    public TChannel To(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_gate)
        {
            if (address == home) return Current = _home;
            if (_other is { } other)
            {
                if (other.Address == address) return Current = other.Channel;
                other.Channel.Dispose();
                _other = null;
            }

            _other = (address, create(address));
            return Current = _other.Value.Channel;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _other?.Channel.Dispose();
        _home.Dispose();
    }
}
