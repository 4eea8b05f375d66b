namespace Grpc.Core;

/// <summary>What every generated client is, whatever its type.</summary>
public abstract partial class ClientBase
{
    /// <summary>Makes a client that can make no calls; for test doubles.</summary>
    protected ClientBase() => CallInvoker = new NoCallInvoker();

    /// <summary>Makes a client whose calls go over a channel.</summary>
    /// <exception cref="ArgumentNullException">The channel is null.</exception>
    protected ClientBase(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        CallInvoker = channel.CreateCallInvoker();
    }

    /// <summary>Makes a client whose calls an invoker starts.</summary>
    /// <exception cref="ArgumentNullException">The invoker is null.</exception>
    protected ClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>Makes a client like another.</summary>
    /// <exception cref="ArgumentNullException">The configuration is null.</exception>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        CallInvoker = configuration.CallInvoker;
    }

    /// <summary>What starts the calls.</summary>
    protected CallInvoker CallInvoker { get; }
}
