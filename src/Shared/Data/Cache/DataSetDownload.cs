using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Data;

/// <summary>Data sets from a coordinator, by the hash of their content.</summary>
public static class DataSetDownload
{
    // More than the largest data set that the format allows.
    private const long MaximumBytes = (1L << 30) + (1L << 25);

    /// <summary>Fetches a data set. Only content with that very hash is ever returned.</summary>
    /// <param name="contentHash">SHA-256 in lowercase hex.</param>
    /// <param name="coordinator">Where from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataSetException">What came is not it.</exception>
    /// <exception cref="RpcException">It is not there (NOT_FOUND), or the download broke off.</exception>
    public static async Task<ImageDataSet> FetchAsync(
        string contentHash, DataSetService.DataSetServiceClient coordinator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        using var content = new MemoryStream();
        using AsyncServerStreamingCall<DataSetFrame> call = coordinator.Download(
            new DownloadDataSetRequest { ContentHash = contentHash }, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            ByteString data = call.ResponseStream.Current.Data;
            if (content.Length + data.Length > MaximumBytes)
                throw new DataSetException($"The coordinator sent more than {MaximumBytes} bytes for data set {contentHash}; no data set is as large.");
            content.Write(data.Span);
        }

        content.Position = 0;
        ImageDataSet dataSet = ImageDataSetFormat.Read(content, "The coordinator's data set");
        return dataSet.ContentHash == contentHash
            ? dataSet
            : throw new DataSetException($"The coordinator sent the data set {dataSet.ContentHash} where {contentHash} was asked for.");
    }
}
