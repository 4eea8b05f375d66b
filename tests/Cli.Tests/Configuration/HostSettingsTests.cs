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

    [Fact]
    public void Read_FileAndSettings_SettingsWin()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "maximumActiveRuns: 2\nmaximumQueuedRuns: 5\nsecurity:\n  tokensFile: /tokens\n");
        var options = HostSettings.Read<CoordinatorOptions>(["maximumActiveRuns=3"], file);
        (options.MaximumActiveRuns, options.MaximumQueuedRuns, options.Security.TokensFile).ShouldBe((3, 5, "/tokens"));
        File.WriteAllText(file, "maximumActiveRun: 2\nsecurity:\n  tokens: worker a s3cret-0123456789\n");
        string message = Should.Throw<UsageException>(() => HostSettings.Read<CoordinatorOptions>(["port=x"], file)).Message;
        foreach (string expected in new[] { file, "did you mean 'maximumActiveRuns'?", "security.tokens (line 3): a secret", "port (--set): found 'x'" }) message.ShouldContain(expected);
        message.ShouldNotContain("s3cret");
        File.Delete(file);
    }
}
