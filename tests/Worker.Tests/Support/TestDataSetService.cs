using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Serves what the test put into the coordinator.</summary>
internal sealed class TestDataSetService(TestCoordinator coordinator) : DataSetService.DataSetServiceBase
{
    public override async Task Download(DownloadDataSetRequest request, IServerStreamWriter<DataSetFrame> responseStream, ServerCallContext context)
    {
        Interlocked.Increment(ref coordinator.Downloads);
        if (!coordinator.DataSets.TryGetValue(request.ContentHash, out byte[]? content))
            throw new RpcException(new Status(StatusCode.NotFound, "no such data set here"));
        foreach (byte[] piece in content.Chunk(1 << 20)) await responseStream.WriteAsync(new DataSetFrame { Data = ByteString.CopyFrom(piece) });
    }
}
