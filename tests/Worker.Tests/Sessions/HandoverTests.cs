using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class HandoverTests : IDisposable
{
    private readonly HandoverWriter _folder = HandoverWriter.TryCreate().ShouldNotBeNull();

    // Large enough for a file.
    private readonly Problem _problem = new(Runs.Omniglot(Downsample.Stride, 32), 2);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chunk_SharedFolder_TakesThetaFromAFileAndAnswersWithOne()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using var worker = new RunningWorker(coordinator.Address, options => options with { HandoverDirectory = _folder.Path });
        Attachment attachment = await coordinator.AcceptAsync();
        using HandoverReader reader = HandoverReader.TryOpenWithin(_folder.Path, attachment.Hello.Handover).ShouldNotBeNull();
        await SpecifyAsync(attachment, _folder.TryWrite(MemoryMarshal.AsBytes(_problem.Theta.AsSpan())).ShouldNotBeNull().Name);

        // More than there are files, so that files are used again.
        for (ulong lease = 1; lease <= 6; lease++)
        {
            await attachment.LeaseAsync(_problem, lease);
            ChunkResult result = (await attachment.NextAsync()).ShouldNotBeNull().Result;
            result.Gradient.Data.IsEmpty.ShouldBeTrue();
            float[] gradient = new float[result.GradientElements];
            new VectorAssembler("run", lease, gradient, handover: reader).Add(result.Gradient).ShouldBeTrue();
            Vectors.RelativeError(Vectors.ToDouble(gradient), _problem.Gradient(torch.float64, 1)).ShouldBeLessThan(1e-4);
        }

        Directory.GetFiles(attachment.Hello.Handover).Length.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Chunk_ThetaWhoseFileIsGone_IsRefusedAndTheNextVersionServes()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using var worker = new RunningWorker(coordinator.Address, options => options with { HandoverDirectory = _folder.Path });
        Attachment attachment = await coordinator.AcceptAsync();
        await SpecifyAsync(attachment, "1-1");
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("version 1 of θ is not here");
        foreach (VectorFrame frame in VectorFraming.Cut("run", 2, _problem.Theta)) await attachment.SendAsync(new() { Parameters = frame });
        await attachment.LeaseAsync(_problem, 2, change: lease => lease.ParametersVersion = 2);
        (await attachment.NextAsync()).ShouldNotBeNull().Result.LeaseId.ShouldBe(2ul);
    }

    [Fact]
    public async Task Chunk_FolderThatIsNotThere_GoesThroughTheConnection()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using var worker = new RunningWorker(coordinator.Address, options => options with { HandoverDirectory = "/dev/shm/maml-none" });
        Attachment attachment = await coordinator.AcceptAsync();
        attachment.Hello.Handover.ShouldBeEmpty();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextResultAsync()).Gradient.Length.ShouldBe(_problem.Layout.Count);
    }

    private async Task<TestCoordinator> StartAsync()
    {
        TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.DataSets[_problem.DataSet!.ContentHash] = Pictures.ToBytes(_problem.DataSet);
        return coordinator;
    }

    private async Task SpecifyAsync(Attachment attachment, string file)
    {
        await attachment.SendAsync(new() { Run = Attachment.Specification(_problem) });
        await attachment.SendAsync(new() { Parameters = VectorFraming.Name("run", 1, _problem.Theta.Length, file) });
    }
}
