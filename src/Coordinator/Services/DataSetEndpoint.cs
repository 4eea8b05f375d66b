using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Data sets, for workers that lack them.</summary>
internal sealed class DataSetEndpoint(DataSetProvider dataSets) : DataSetService.DataSetServiceBase
{
    private const int FrameBytes = 1 << 20;

    /// <inheritdoc/>
    public override async Task Download(DownloadDataSetRequest request, IServerStreamWriter<DataSetFrame> responseStream, ServerCallContext context)
    {
        using MemoryStream content = Write(Find(request.ContentHash));
        ReadOnlyMemory<byte> rest = content.GetBuffer().AsMemory(0, (int)content.Length);
        for (; rest.Length > 0; rest = rest[Math.Min(FrameBytes, rest.Length)..])
        {
            // The buffer is written to no more, so frames may share it.
            ByteString frame = UnsafeByteOperations.UnsafeWrap(rest[..Math.Min(FrameBytes, rest.Length)]);
            await responseStream.WriteAsync(new DataSetFrame { Data = frame }, context.CancellationToken);
        }
    }

    private static MemoryStream Write(ImageDataSet dataSet)
    {
        var content = new MemoryStream(checked((int)ImageDataSetFormat.LengthOf(dataSet)));
        ImageDataSetFormat.Write(dataSet, content);
        return content;
    }

    private ImageDataSet Find(string contentHash)
    {
        try
        {
            return dataSets.Find(contentHash) ?? throw new RpcException(new Status(
                StatusCode.NotFound, $"This coordinator holds no data set with content hash {contentHash}."));
        }
        catch (ArgumentException e)
        {
            throw RpcFaults.Invalid($"content_hash: {e.Message}");
        }
    }
}
