using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class DataSetServiceTests
{
    [Fact]
    public async Task Download_DataSetOfTheCache_ArrivesWhole()
    {
        (TestCoordinator coordinator, ImageDataSet dataSet) = await StartAsync(pixels: 1_200);
        await using (coordinator)
        {
            ImageDataSet copy = await DataSetDownload.FetchAsync(dataSet.ContentHash, new DataSetService.DataSetServiceClient(coordinator.Channel), default);
            copy.ContentHash.ShouldBe(dataSet.ContentHash);
        }
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", StatusCode.NotFound)]
    [InlineData("../../etc/passwd", StatusCode.InvalidArgument)]
    public async Task Download_HashOfNothing_SaysSo(string contentHash, StatusCode code)
    {
        (TestCoordinator coordinator, ImageDataSet _) = await StartAsync(pixels: 2);
        await using (coordinator)
        {
            using AsyncServerStreamingCall<DataSetFrame> download = Download(coordinator, contentHash);
            RpcException fault = await Should.ThrowAsync<RpcException>(() => download.ResponseStream.MoveNext(default));
            fault.StatusCode.ShouldBe(code);
            fault.Status.Detail.ShouldContain(contentHash);
        }
    }

    [Fact]
    public async Task Download_CoordinatorEndsAmidIt_SaysWhy()
    {
        // 16 MB, of which HTTP/2 lets a small part through to a client that does not read.
        (TestCoordinator coordinator, ImageDataSet dataSet) = await StartAsync(pixels: 2_000);
        await using (coordinator)
        {
            using AsyncServerStreamingCall<DataSetFrame> download = Download(coordinator, dataSet.ContentHash);
            (await download.ResponseStream.MoveNext(default)).ShouldBeTrue();
            using WatchedEnd end = await WatchedEnd.WatchAsync(coordinator);
            Task stopping = coordinator.StopHostAsync().AsTask();
            await end.WaitAsync();
            RpcException fault = await Should.ThrowAsync<RpcException>(async () => await download.ResponseStream.ReadAllAsync().CountAsync());
            fault.Status.ShouldBe(ShutdownSignal.Fault().Status);
            await stopping;
        }
    }

    private static AsyncServerStreamingCall<DataSetFrame> Download(TestCoordinator coordinator, string contentHash) =>
        new DataSetService.DataSetServiceClient(coordinator.Channel).Download(new DownloadDataSetRequest { ContentHash = contentHash });

    private static async Task<(TestCoordinator Coordinator, ImageDataSet DataSet)> StartAsync(int pixels)
    {
        string cache = "";
        TestCoordinator coordinator = await TestCoordinator.StartAsync(options =>
        {
            cache = options.CacheDirectory!;
            return options;
        });
        byte[] images = new byte[4 * pixels * pixels];
        new Random(1).NextBytes(images);
        var dataSet = new ImageDataSet("pictures", ["a", "b"], 2, pixels, pixels, images);
        new ImageDataSetCache(cache).Store(dataSet);
        return (coordinator, dataSet);
    }
}
