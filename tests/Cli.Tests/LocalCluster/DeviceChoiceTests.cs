using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Tests.LocalCluster;

public sealed class DeviceChoiceTests
{
    [Fact]
    public void Deal_ProcessorAuto_GivesOneACore() =>
        DeviceChoice.Deal(["cpu"], workers: null, cores: 3).ShouldBe(["cpu", "cpu", "cpu"]);

    [Fact]
    public void Deal_GpusAuto_GivesOneEach() =>
        DeviceChoice.Deal(["cuda:0", "cuda:1"], workers: null, cores: 64).ShouldBe(["cuda:0", "cuda:1"]);

    [Fact]
    public void Deal_MoreWorkersThanGpus_TakesThemInTurn() =>
        DeviceChoice.Deal(["cuda:0", "cuda:1"], workers: 3, cores: 64).ShouldBe(["cuda:0", "cuda:1", "cuda:0"]);

    [Fact]
    public void Deal_ProcessorAndGpu_GivesTheProcessorTheRest() =>
        DeviceChoice.Deal(["cpu", "cuda:0"], workers: null, cores: 2).ShouldBe(["cuda:0", "cpu", "cpu"]);

    [Fact]
    public void Resolve_Processor_NeedsNoLibtorch() => MachineDevices.Resolve(["cpu", "cpu"]).ShouldBe(["cpu"]);
}
