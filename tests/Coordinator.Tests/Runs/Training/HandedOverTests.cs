using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Runs.Training;

/// <summary>θ in this machine's memory, of many runs one after the other.</summary>
public sealed class HandedOverTests
{
    private static readonly int[] Widths = [150, 160, 170];

    [Fact]
    public async Task Run_OneAfterTheOther_LeavesNothingInMemory()
    {
        using HandoverWriter handover = HandoverWriter.TryCreate().ShouldNotBeNull();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { Handover = handover });
        var files = new List<int>();
        foreach (int width in Widths)
        {
            RunConfiguration configuration = Configurations.Sinusoid(iterations: 3) with
            {
                Model = Configurations.Sinusoid().Model with { Widths = [width, width] },
            };
            int parameters = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;
            (parameters * sizeof(float)).ShouldBeGreaterThan(HandoverWriter.SmallestVector);
            await using LeanWorker worker = await LeanWorker.AttachAsync(coordinator.Address, parameters);
            Run run = await coordinator.TrainAsync(configuration);
            run.State.ShouldBe(RunState.Completed, run.Fault);
            FileInfo[] left = [.. new DirectoryInfo(handover.Path).GetFiles().Where(file => file.Name != "lock")];
            left.Sum(file => file.Length).ShouldBe(0, $"width {width}");
            files.Add(left.Length);
        }

        files[0].ShouldBeGreaterThan(0, "θ was handed over");
        files[^1].ShouldBeLessThan(5, "files are used again");
    }
}
