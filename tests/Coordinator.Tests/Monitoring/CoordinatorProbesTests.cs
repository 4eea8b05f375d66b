using System.Net;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Monitoring;

namespace Maml.Cluster.Coordinator.Tests.Monitoring;

public sealed class CoordinatorProbesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Probes_OverALife_FollowIt()
    {
        var probes = new CoordinatorProbes(_time);
        (probes.Startup().IsGood, probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((false, true, false));
        probes.Serve();
        (probes.Startup().IsGood, probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((true, true, true));
        probes.Stop();
        (probes.Startup().IsGood, probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((true, true, false));
    }

    [Fact]
    public void Liveness_WithoutAWatchdog_EndsAfterTheLongestSilence()
    {
        var probes = new CoordinatorProbes(_time);
        _time.Advance(CoordinatorProbes.LongestSilence * 3);
        probes.Liveness().IsGood.ShouldBeTrue("reading many runs takes time");
        probes.Serve();
        _time.Advance(CoordinatorProbes.LongestSilence);
        probes.Liveness().IsGood.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        probes.Liveness().IsGood.ShouldBeFalse();
        probes.Liveness().Reason.ShouldContain("31 s");
        probes.Tick();
        probes.Liveness().IsGood.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_WithTlsAndTokens_AnswersProbesInPlainHttpUntilItEnds()
    {
        using var folder = new TemporaryFolder();
        var options = new CoordinatorOptions
        {
            Port = 0,
            RunsDirectory = folder.Path,
            ConfigureLogging = _ => { },
            Monitoring = new MonitoringOptions { Port = 0 },
            Security = new() { Tokens = "worker pool 0123456789abcdef" },
        };
        CoordinatorHost host = await CoordinatorHost.StartAsync(options, default);
        using var client = new HttpClient { BaseAddress = host.MonitoringAddress };
        foreach (string path in new[] { ProbeRoutes.Startup, ProbeRoutes.Liveness, ProbeRoutes.Readiness })
            (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(client.GetAsync(ProbeRoutes.Liveness));
    }

    [Fact]
    public async Task StartAsync_MonitoringPortInUse_IsAStartFault()
    {
        using var folder = new TemporaryFolder();
        CoordinatorOptions options = new() { Port = 0, RunsDirectory = folder.Path, ConfigureLogging = _ => { }, Monitoring = new() { Port = 0 } };
        await using CoordinatorHost first = await CoordinatorHost.StartAsync(options, default);
        int port = first.MonitoringAddress!.Port;
        HostStartException fault = await Should.ThrowAsync<HostStartException>(
            CoordinatorHost.StartAsync(options with { Monitoring = new() { Port = port } }, default));
        fault.Message.ShouldContain($"Port {port}");
    }
}
