using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Data sets, for workers that lack them.</summary>
internal sealed class DataSetEndpoint(IDataSetShelf dataSets, ShutdownSignal shutdown, AdmissionGates gates) : DataSetService.DataSetServiceBase
{
    private const int FrameBytes = 1 << 20;

    // Workers that start together ask together: one copy has to do for all of them.
    private static readonly ConditionalWeakTable<ImageDataSet, byte[]> Encoded = [];

    /// <inheritdoc/>
    [Allow(Role.Worker, Role.Operator)]
    public override async Task Download(DownloadDataSetRequest request, IServerStreamWriter<DataSetFrame> responseStream, ServerCallContext context)
    {
        using IDisposable admission = gates.Downloads.Enter();
        ReadOnlyMemory<byte> rest = Encoded.GetValue(await FindAsync(request.ContentHash, context.CancellationToken), Encode);
        using var client = new ClientStream<DataSetFrame>(responseStream, context, shutdown);
        for (; rest.Length > 0; rest = rest[Math.Min(FrameBytes, rest.Length)..])
        {
            if (shutdown.Token.IsCancellationRequested) throw ShutdownSignal.Fault();

            // The buffer is written to no more, so frames may share it.
            ByteString frame = UnsafeByteOperations.UnsafeWrap(rest[..Math.Min(FrameBytes, rest.Length)]);
            await client.WriteAsync(new DataSetFrame { Data = frame });
        }
    }

    private static byte[] Encode(ImageDataSet dataSet)
    {
        byte[] content = new byte[checked((int)ImageDataSetFormat.LengthOf(dataSet))];
        using var stream = new MemoryStream(content);
        ImageDataSetFormat.Write(dataSet, stream);
        return content;
    }

    private async ValueTask<ImageDataSet> FindAsync(string contentHash, CancellationToken cancellationToken)
    {
        try
        {
            return await dataSets.FindAsync(contentHash, cancellationToken) ?? throw new RpcException(new Status(
                StatusCode.NotFound, $"This coordinator holds no data set with content hash {contentHash}."));
        }
        catch (ArgumentException e)
        {
            throw RpcFaults.Invalid($"content_hash: {e.Message}");
        }
    }
}
