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
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // The library's parser runs off the end of some bytes instead of refusing them; the fuzzer knows which.
            throw RpcFaults.Invalid($"The request is no {typeof(T).Name}: its bytes end amid a field, or a length in it is wrong.");
        }
    });
}
