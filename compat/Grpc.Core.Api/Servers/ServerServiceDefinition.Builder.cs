namespace Grpc.Core;

public partial class ServerServiceDefinition
{
    /// <summary>Collects a service's methods.</summary>
    public class Builder
    {
        private readonly HashSet<string> names = [];
        private readonly List<Action<ServiceBinderBase>> methods = [];

        /// <summary>Adds a unary method.</summary>
        /// <exception cref="ArgumentException">There is a method of that name already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
                Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of requests.</summary>
        /// <exception cref="ArgumentException">There is a method of that name already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
                Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of responses.</summary>
        /// <exception cref="ArgumentException">There is a method of that name already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
                Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream each way.</summary>
        /// <exception cref="ArgumentException">There is a method of that name already.</exception>
        public Builder AddMethod<TRequest, TResponse>(
                Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Makes the definition out of what has been added so far.</summary>
        public ServerServiceDefinition Build() => new([.. methods]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> bind)
        {
            if (!names.Add(method.FullName))
                throw new ArgumentException($"{method.FullName} was added already; expected each method once.", nameof(method));
            methods.Add(bind);
            return this;
        }
    }
}
