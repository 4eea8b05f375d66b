using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class DataSetTests
{
    private readonly Problem _problem = new(Runs.Omniglot(Downsample.Stride), 2);

    private string Hash => _problem.DataSet!.ContentHash;

    [Fact]
    public async Task Run_WithADataSetThatIsNotHere_IsDownloadedOnceAndCached()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.DataSets[Hash] = Pictures.ToBytes(_problem.DataSet!);
        await using var worker = new RunningWorker(coordinator.Address);
        for (int session = 0; session < 2; session++)
        {
            Attachment attachment = await coordinator.AcceptAsync();
            await attachment.SpecifyAsync(_problem);
            await attachment.LeaseAsync(_problem, 1);
            (ChunkResult result, float[] gradient) = await attachment.NextResultAsync();
            gradient.Length.ShouldBe(_problem.Layout.Count);
            result.Curves.ShouldAllBe(curve => curve.Accuracy.Count == 1);
            attachment.Close();
        }

        coordinator.Downloads.ShouldBe(1);
        new ImageDataSetCache(worker.CacheDirectory).TryOpenByHash(Hash).ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_WithADataSetInTheCache_NeedsNoDownload()
    {
        string cache = Directory.CreateTempSubdirectory("maml-worker-tests-").FullName;
        new ImageDataSetCache(cache).Store(_problem.DataSet!);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using (var worker = new RunningWorker(coordinator.Address, options => options with { CacheDirectory = cache }))
        {
            Attachment attachment = await coordinator.AcceptAsync();
            await attachment.SpecifyAsync(_problem);
            await attachment.LeaseAsync(_problem, 1);
            await attachment.NextResultAsync();
        }

        coordinator.Downloads.ShouldBe(0);
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task Run_OfTwoWorkersThatShareAnEmptyCache_IsDownloadedOnce()
    {
        string cache = Directory.CreateTempSubdirectory("maml-worker-tests-").FullName;
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.DataSets[Hash] = Pictures.ToBytes(_problem.DataSet!);
        using (IDisposable? turn = await new ImageDataSetCache(cache).LockAsync(Hash, TimeProvider.System, default))
        {
            turn.ShouldNotBeNull();
            await using var first = new RunningWorker(coordinator.Address, options => options with { CacheDirectory = cache });
            await using var second = new RunningWorker(coordinator.Address, options => options with { CacheDirectory = cache });
            Attachment[] attachments = [await coordinator.AcceptAsync(), await coordinator.AcceptAsync()];
            foreach (Attachment attachment in attachments)
            {
                await attachment.SpecifyAsync(_problem);
                await attachment.LeaseAsync(_problem, 1);
            }

            // Both wait for the test to let them; then one fetches, and the other finds.
            coordinator.Downloads.ShouldBe(0);
            turn.Dispose();
            foreach (Attachment attachment in attachments) (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
        }

        coordinator.Downloads.ShouldBe(1);
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task Run_WithAnAlteredDownload_FailsItsChunksAndTriesAgain()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        byte[] altered = Pictures.ToBytes(_problem.DataSet!);
        altered[altered.Length / 2] ^= 1;
        coordinator.DataSets[Hash] = altered;
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("SHA-256");

        coordinator.DataSets[Hash] = Pictures.ToBytes(_problem.DataSet!);
        await attachment.LeaseAsync(_problem, 2);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(2ul);
    }

    [Fact]
    public async Task Run_WithADataSetThatNobodyHas_FailsItsChunks()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("no such data set here");
    }
}
