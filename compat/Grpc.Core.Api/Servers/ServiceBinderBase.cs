namespace Grpc.Core;

/// <summary>Takes a service's methods, one after another.</summary>
public class ServiceBinderBase
{
    /// <summary>Takes a unary method; a null handler means that the server finds it by reflection.</summary>
    /// <exception cref="NotSupportedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Refused(method);

    /// <summary>Takes a method with a stream of requests; a null handler means that the server finds it by reflection.</summary>
    /// <exception cref="NotSupportedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Refused(method);

    /// <summary>Takes a method with a stream of responses; a null handler means that the server finds it by reflection.</summary>
    /// <exception cref="NotSupportedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Refused(method);

    /// <summary>Takes a method with a stream each way; a null handler means that the server finds it by reflection.</summary>
    /// <exception cref="NotSupportedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Refused(method);

    private NotSupportedException Refused(IMethod method) =>
        new($"{GetType()} takes no methods of type {method.Type}, such as {method.FullName}.");
}
