namespace Grpc.Core;

/// <summary>The call for which headers are wanted.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes the call.</summary>
    /// <exception cref="ArgumentNullException">One of the two texts is null.</exception>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>The server's address and the service.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method's name without the service's.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; }
}
