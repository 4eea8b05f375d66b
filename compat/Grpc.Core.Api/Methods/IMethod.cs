namespace Grpc.Core;

/// <summary>A remote method without its message types.</summary>
public interface IMethod
{
    /// <summary>Which side streams.</summary>
    MethodType Type { get; }

    /// <summary>The service with its proto package: <c>package.Service</c>.</summary>
    string ServiceName { get; }

    /// <summary>The method's name without the service's.</summary>
    string Name { get; }

    /// <summary>The HTTP/2 path of a call: <c>/package.Service/Method</c>.</summary>
    string FullName { get; }
}
