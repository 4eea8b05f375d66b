using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Cli.Tests.Configuration;

public sealed class HostSettingsTests
{
    [Fact]
    public void Read_PathsOfSeveralKinds_SetsThemAndLeavesTheOthersAlone()
    {
        var options = HostSettings.Read<CoordinatorOptions>(["maximumActiveRuns=2", "speculation.factor=3.5", "speculation.isEnabled=false", "LeaseDuration=00:00:05"]);
        options.MaximumActiveRuns.ShouldBe(2);
        options.Speculation.Factor.ShouldBe(3.5);
        options.Speculation.IsEnabled.ShouldBeFalse();
        options.LeaseDuration.ShouldBe(TimeSpan.FromSeconds(5));
        (options with { MaximumActiveRuns = 4, Speculation = new(), LeaseDuration = new CoordinatorOptions().LeaseDuration }).ShouldBe(new CoordinatorOptions());
    }

    [Theory]
    [InlineData("nonsense", "expected path=value")]
    [InlineData("=3", "expected path=value")]
    [InlineData("speculation.speed=3", "speed")]
    [InlineData("maximumActiveRuns=many", "maximumActiveRuns")]
    public void Read_WhatIsNoOption_NamesIt(string setting, string expected) =>
        Should.Throw<UsageException>(() => HostSettings.Read<CoordinatorOptions>([setting])).Message.ShouldContain(expected);
}
