using System.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Services.Methods;

/// <summary>Adds the methods of a service, with marshallers that answer for bad bytes.</summary>
/// <typeparam name="TService">The service.</typeparam>
internal sealed class CheckedServiceBinder<TService>(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    where TService : class
{
    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, Grpc.Core.UnaryServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(TRequest), typeof(ServerCallContext));
        context.AddUnaryMethod(
            Checked(method),
            MetadataOf(implementation),
            implementation.CreateDelegate<Grpc.AspNetCore.Server.Model.UnaryServerMethod<TService, TRequest, TResponse>>());
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Grpc.Core.ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        context.AddServerStreamingMethod(
            Checked(method),
            MetadataOf(implementation),
            implementation.CreateDelegate<Grpc.AspNetCore.Server.Model.ServerStreamingServerMethod<TService, TRequest, TResponse>>());
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Grpc.Core.ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var serve = implementation.CreateDelegate<Grpc.AspNetCore.Server.Model.ClientStreamingServerMethod<TService, TRequest, TResponse>>();
        context.AddClientStreamingMethod(
            Checked(method),
            MetadataOf(implementation),
            (service, requests, call) => serve(service, new CheckedStreamReader<TRequest>(requests, call), call));
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Grpc.Core.DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var serve = implementation.CreateDelegate<Grpc.AspNetCore.Server.Model.DuplexStreamingServerMethod<TService, TRequest, TResponse>>();
        context.AddDuplexStreamingMethod(
            Checked(method),
            MetadataOf(implementation),
            (service, requests, responses, call) => serve(service, new CheckedStreamReader<TRequest>(requests, call), responses, call));
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) => typeof(TService).GetMethod(method.Name, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService).Name} has no method {method.Name}.");

    private static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method) => new(
        method.Type, method.ServiceName, method.Name, CheckedMarshaller.Of(ReaderOf(method.RequestMarshaller)), method.ResponseMarshaller);

    private static Marshaller<TRequest> ReaderOf<TRequest>(Marshaller<TRequest> marshaller) =>
        FrameMarshallers.OfWorker as Marshaller<TRequest> ?? marshaller;

    // The last word is the method's: what it says of who may call it comes after what its class says.
    private static List<object> MetadataOf(MethodInfo implementation) =>
    [
        .. typeof(TService).GetCustomAttributes(inherit: true),
        .. implementation.GetCustomAttributes(inherit: true),
        new HttpMethodMetadata([HttpMethods.Post]),
    ];
}
