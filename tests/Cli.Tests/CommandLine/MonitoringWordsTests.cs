using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Shared.Monitoring;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class MonitoringWordsTests
{
    [Theory]
    [InlineData("train", "sinusoid")]
    [InlineData("coordinator")]
    [InlineData("worker", "--coordinator", "http://127.0.0.1:1")]
    public async Task MetricsListen_NoAddress_SaysWhatIsExpected(params string[] command)
    {
        foreach (string wrong in new[] { "9464", "127.0.0.1", "localhost:9464", "127.0.0.1:65536", "127.0.0.1:-1" })
        {
            CommandResult result = await Support.Maml.RunAsync([.. command, "--metrics-listen", wrong]);
            result.ExitCode.ShouldBe(2);
            result.Errors.ShouldContain($"--metrics-listen is '{wrong}'; expected an IP address and a port, such as 127.0.0.1:9464, or [::1]:9464.");
        }
    }

    [Fact]
    public async Task OtlpEndpoint_NoAddress_SaysWhatIsExpected()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "sinusoid", "--otlp-endpoint", "collector:4317");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("--otlp-endpoint is 'collector:4317'; expected an address such as http://127.0.0.1:4317.");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, 0)]
    [InlineData(9464, 9466)]
    public void MonitoringOf_Worker_IsThePortAfterThoseBefore(int? coordinator, int? second)
    {
        var options = new LocalClusterOptions
        {
            RunsDirectory = "runs",
            Devices = ["cpu", "cpu"],
            Monitoring = new MonitoringOptions { ListenAddress = "127.0.0.2", Port = coordinator },
        };
        options.MonitoringOf(2).ShouldBe(new MonitoringOptions { ListenAddress = "127.0.0.2", Port = second });
    }
}
