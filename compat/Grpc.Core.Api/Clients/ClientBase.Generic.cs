namespace Grpc.Core;

/// <summary>What a generated client derives from.</summary>
/// <typeparam name="T">The generated client itself.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>Makes a client that can make no calls; for test doubles.</summary>
    protected ClientBase()
    {
    }

    /// <summary>Makes a client whose calls go over a channel.</summary>
    /// <exception cref="ArgumentNullException">The channel is null.</exception>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>Makes a client whose calls an invoker starts.</summary>
    /// <exception cref="ArgumentNullException">The invoker is null.</exception>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>Makes a client like another.</summary>
    /// <exception cref="ArgumentNullException">The configuration is null.</exception>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Makes a client like this one; generated clients override it.</summary>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
