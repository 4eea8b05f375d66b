using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Monitoring;

public sealed class PrometheusConfigurationTests
{
    [SkippableTheory]
    [InlineData("compose.yaml")]
    [InlineData("kubernetes.yaml")]
    public async Task Configuration_OfEitherPlace_PassesPromtool(string file)
    {
        Skip.IfNot(Command.Exists("promtool"), "There is no promtool on the PATH; on Debian it comes with prometheus.");
        Command answer = await Command.RunAsync("promtool", ["check", "config", Path.Combine("deploy", "prometheus", file)]);
        answer.ExitCode.ShouldBe(0, answer.Output + answer.Errors);
    }
}
