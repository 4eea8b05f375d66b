namespace Grpc.Core;

/// <summary>What proves, with every call, who calls.</summary>
public abstract class CallCredentials
{
    /// <summary>Several as one; each adds its headers in turn.</summary>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Asks a function for headers when a call starts.</summary>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new InterceptorCallCredentials(interceptor);

    /// <summary>Tells the configurator what these credentials are; called by the channel.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
