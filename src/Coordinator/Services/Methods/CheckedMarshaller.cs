using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Coordinator.Services.Methods;

/// <summary>Reads requests so that bytes which are no message end in a status, as every other bad request does.</summary>
internal static class CheckedMarshaller
{
    /// <summary>A marshaller whose failures to read are INVALID_ARGUMENT.</summary>
    public static Marshaller<T> Of<T>(Marshaller<T> marshaller) => Marshallers.Create(marshaller.ContextualSerializer, context =>
    {
        try
        {
            return marshaller.ContextualDeserializer(context);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw RpcFaults.Invalid($"The request is no {typeof(T).Name}: {e.Message}");
        }
    });
}
