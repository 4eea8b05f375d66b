using System.Net;
using System.Net.Sockets;
using Maml.Cluster.Shared.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Maml.Cluster.Shared.Tests.Monitoring;

public sealed class MonitoringEndpointTests
{
    private static readonly MonitoringOptions AnyPort = new() { Port = 0 };
    private readonly AdjustableProbes _probes = new();

    [Theory]
    [InlineData(ProbeRoutes.Startup, "startup")]
    [InlineData(ProbeRoutes.Liveness, "live")]
    [InlineData(ProbeRoutes.Readiness, "ready")]
    public async Task Get_EachProbe_TellsItsOwnAnswerAndNoOther(string path, string probe)
    {
        await using MonitoringEndpoint endpoint = (await MonitoringEndpoint.StartAsync(AnyPort, _probes, default))!;
        using var client = new HttpClient { BaseAddress = endpoint.Address };
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _probes.Bad = probe;
        using HttpResponseMessage bad = await client.GetAsync(path);
        bad.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await bad.Content.ReadAsStringAsync()).ShouldBe($"{probe} is bad\n");
        foreach (string other in new[] { ProbeRoutes.Startup, ProbeRoutes.Liveness, ProbeRoutes.Readiness }.Where(other => other != path))
            (await client.GetAsync(other)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_OfAnotherKind_IsRefused()
    {
        await using MonitoringEndpoint endpoint = (await MonitoringEndpoint.StartAsync(
            AnyPort, _probes, default, map: application => application.MapGet("/more", () => "more")))!;
        using var client = new HttpClient { BaseAddress = endpoint.Address };
        (await client.PostAsync(ProbeRoutes.Liveness, null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetStringAsync("/more")).ShouldBe("more");
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, ProbeRoutes.Liveness))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task StartAsync_NoPort_StartsNothing() =>
        (await MonitoringEndpoint.StartAsync(new MonitoringOptions(), _probes, default)).ShouldBeNull();

    [Fact]
    public async Task StartAsync_PortInUse_NamesItAndWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        MonitoringException fault = await Should.ThrowAsync<MonitoringException>(
            MonitoringEndpoint.StartAsync(new MonitoringOptions { Port = port }, _probes, default));
        fault.Message.ShouldContain($"Port {port} on 127.0.0.1");
        fault.Message.ShouldContain("monitoring.port");
    }

    [Fact]
    public void Validate_ManyFaults_NamesAll() =>
        MonitoringOptionsValidator.Validate(new MonitoringOptions { ListenAddress = "here", Port = 70000 })
            .Select(fault => fault.Split(':')[0]).ShouldBe(["Monitoring.ListenAddress", "Monitoring.Port"]);

    [Theory]
    [InlineData("--health-check", "ready")]
    [InlineData("--health-check=live", "live")]
    [InlineData("--health", null)]
    public void ProbeOf_Arguments_FindsWhatIsAskedFor(string argument, string? expected) => HealthCheck.ProbeOf(["--port=1", argument]).ShouldBe(expected);

    [Fact]
    public async Task RunAsync_HealthCheck_TurnsAnswersIntoExitCodes()
    {
        await using MonitoringEndpoint endpoint = (await MonitoringEndpoint.StartAsync(new MonitoringOptions { ListenAddress = "0.0.0.0", Port = 0 }, _probes, default))!;
        var options = new MonitoringOptions { ListenAddress = "0.0.0.0", Port = endpoint.Address.Port };
        (await CheckAsync(options, "ready")).ShouldBe((0, "ready is good"));
        _probes.Bad = "live";
        (await CheckAsync(options, "live")).ShouldBe((1, "live is bad"));
        (await CheckAsync(options, "well")).ShouldBe((1, "--health-check: found 'well', expected startup, live or ready."));
        (await CheckAsync(new MonitoringOptions(), "live")).ShouldBe((1, "--health-check: found no port, expected the one on which the host answers (monitoring.port)."));
        await endpoint.DisposeAsync();
        (int code, string text) = await CheckAsync(options, "live");
        code.ShouldBe(1);
        text.ShouldStartWith("No answer");

        static async Task<(int Code, string Text)> CheckAsync(MonitoringOptions options, string probe)
        {
            var output = new StringWriter();
            int code = await HealthCheck.RunAsync(options, probe, output, default);
            return (code, output.ToString().Trim());
        }
    }

    private sealed class AdjustableProbes : IProbes
    {
        public string Bad { get; set; } = "";

        public ProbeAnswer Startup() => Answer("startup");

        public ProbeAnswer Liveness() => Answer("live");

        public ProbeAnswer Readiness() => Answer("ready");

        private ProbeAnswer Answer(string name) => Bad == name ? ProbeAnswer.Bad($"{name} is bad") : ProbeAnswer.Good($"{name} is good");
    }
}
