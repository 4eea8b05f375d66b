using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class GradientPrecisionTests
{
    [Theory]
    [InlineData(GradientPrecision.BFloat16)]
    [InlineData(GradientPrecision.Float16)]
    public async Task StartRun_ReducedPrecision_GivesTheSameBytesForAnyNumberOfWorkersAndOthersThanFloat32(GradientPrecision precision)
    {
        string one = await TrainAsync(precision, workers: 1);
        (await TrainAsync(precision, workers: 3)).ShouldBe(one);
        (await TrainAsync(GradientPrecision.Float32, workers: 1)).ShouldNotBe(one);
    }

    private static async Task<string> TrainAsync(GradientPrecision precision, int workers)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var attached = new List<CannedWorker>();
        for (int i = 0; i < workers; i++) attached.Add(await CannedWorker.AttachAsync(coordinator.Address, slots: 1));
        RunConfiguration configuration = Configurations.Sinusoid(iterations: 20);
        Run run = await coordinator.TrainAsync(configuration with { Outer = configuration.Outer with { GradientPrecision = precision } });
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        foreach (CannedWorker worker in attached) await worker.DisposeAsync();
        return run.MetaParametersSha256;
    }
}
