using System.Net;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Health;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Health;

public sealed class WorkerProbesTests
{
    private readonly WorkerHealth _health = new();

    [Fact]
    public async Task Probes_OverALife_FollowIt()
    {
        var probes = new WorkerProbes(_health);
        (probes.Startup().IsGood, probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((false, true, false));
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        probes.Use(device);
        (probes.Startup().IsGood, probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((true, true, false));
        _health.SetAttached(true);
        probes.Readiness().IsGood.ShouldBeTrue();
        _health.SetAttached(false);
        (probes.Liveness().IsGood, probes.Readiness().IsGood).ShouldBe((true, false));
    }

    [Fact]
    public async Task Liveness_WhileTheDeviceHangs_EndsAfterTheLongestWork()
    {
        var time = new SettableTime();
        var probes = new WorkerProbes(_health);
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1, time);
        probes.Use(device);
        using var begun = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        time.Now += WorkerProbes.LongestWork * 2;

        // The thread tells of the end of its first work before it has put it down.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!probes.Liveness().IsGood) await Task.Delay(1, limit.Token);
        Task<int> work = device.RunAsync(
            _ =>
            {
                begun.Set();
                gate.Wait();
                return 1;
            },
            CancellationToken.None);
        begun.Wait();
        time.Now += WorkerProbes.LongestWork;
        probes.Liveness().IsGood.ShouldBeTrue();
        time.Now += TimeSpan.FromMinutes(1);
        ProbeAnswer stuck = probes.Liveness();
        gate.Set();
        await work;
        stuck.IsGood.ShouldBeFalse();
        stuck.Reason.ShouldContain("cpu has been at one piece of work for 11 min");
    }

    [Fact]
    public async Task RunAsync_WithAMonitoringPort_AnswersBeforeItIsAttached()
    {
        int port = FreePort.Find();
        await using var worker = new RunningWorker(new Uri("http://127.0.0.1:1"), options => options with { Monitoring = new() { Port = port } });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await client.GetAsync(ProbeRoutes.Startup, limit.Token)).StatusCode != HttpStatusCode.OK) await Task.Delay(20, limit.Token);
        (await client.GetAsync(ProbeRoutes.Liveness, limit.Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage ready = await client.GetAsync(ProbeRoutes.Readiness, limit.Token);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(limit.Token)).ShouldContain("not attached");
    }

    private sealed class SettableTime : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public TimeSpan Now
        {
            get => new(Volatile.Read(ref _ticks));
            set => Volatile.Write(ref _ticks, value.Ticks);
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);
    }
}
