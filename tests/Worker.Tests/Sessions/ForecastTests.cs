using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Sessions.Chunks;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class ForecastTests
{
    private readonly Problem _problem = new(Runs.Omniglot(Downsample.Stride), 2);

    [Fact]
    public void Take_ChunkThatWasForetold_GivesWhatWasDrawnAhead()
    {
        using var scope = torch.NewDisposeScope();
        using var drawing = new ChunkDrawing();
        using (torch.NewDisposeScope()) drawing.DrawAhead(Work(_problem), torch.CPU);
        TaskBatch first = drawing.Take(Work(_problem), torch.CPU);
        drawing.Take(Work(_problem), torch.CPU).ShouldBeSameAs(first);
        HostCopy.ToArray(first.SupportX).ShouldBe(HostCopy.ToArray(_problem.Batch(torch.float32).SupportX));
        HostCopy.ToArray(first.QueryY).ShouldBe(HostCopy.ToArray(_problem.Batch(torch.float32).QueryY));
    }

    [Fact]
    public void Take_AnotherChunk_DrawsItAndKeepsTheForetoldOne()
    {
        using var scope = torch.NewDisposeScope();
        using var drawing = new ChunkDrawing();
        drawing.DrawAhead(Work(_problem), torch.CPU);
        TaskBatch foretold = drawing.Take(Work(_problem), torch.CPU);
        var other = new Problem(_problem.Configuration, 2, seed: 6);
        TaskBatch drawn = drawing.Take(Work(_problem, other), torch.CPU);
        drawn.ShouldNotBeSameAs(foretold);
        HostCopy.ToArray(drawn.SupportX).ShouldBe(HostCopy.ToArray(other.Batch(torch.float32).SupportX));
        drawing.Take(Work(_problem), torch.CPU).ShouldBeSameAs(foretold);
    }

    [Theory]
    [InlineData(5ul)]
    [InlineData(6ul)]
    public async Task Chunk_AfterAForecast_IsWhatItsLeaseSays(ulong seed)
    {
        var leased = new Problem(_problem.Configuration, 2, seed);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.DataSets[_problem.DataSet!.ContentHash] = Pictures.ToBytes(_problem.DataSet);
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(leased);
        await attachment.SendAsync(new() { Forecast = Lease(_problem) });
        await attachment.LeaseAsync(leased, 1);
        await attachment.NextResultAsync();
        await attachment.LeaseAsync(leased, 2);
        (_, float[] gradient) = await attachment.NextResultAsync();
        Vectors.RelativeError(Vectors.ToDouble(gradient), leased.Gradient(torch.float64, 1)).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public async Task Chunk_AfterAForecastOfWhatCannotBe_IsComputed()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.DataSets[_problem.DataSet!.ContentHash] = Pictures.ToBytes(_problem.DataSet);
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        for (ulong lease = 1; lease <= 2; lease++)
        {
            ChunkLease impossible = Lease(_problem);
            impossible.Tasks[0].Image.Classes[0].ClassIndex = 99;
            await attachment.SendAsync(new() { Forecast = impossible });
            await attachment.LeaseAsync(_problem, lease);
            (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(lease);
        }
    }

    private static ChunkLease Lease(Problem problem) => new()
    {
        RunId = "run",
        Purpose = ChunkPurpose.MetaGradient,
        InnerSteps = 1,
        Tasks = { problem.Descriptors.Select(TaskMessages.ToMessage) },
        Shot = (uint)problem.Configuration.Tasks.Shot,
        Query = (uint)problem.Configuration.Tasks.Query,
    };

    // A run's configuration and data set are the same objects for all of its chunks.
    private static ChunkWork Work(Problem run, Problem? chunk = null)
    {
        chunk ??= run;
        ChunkLease lease = Lease(chunk);
        return new ChunkWork(
            run.Configuration, run.DataSet, Theta: null, new VectorPool(run.Layout.Count), lease.Purpose, lease.WholeCurve, (int)lease.InnerSteps, lease,
            chunk.Descriptors, (int)lease.Shot, (int)lease.Query);
    }
}
