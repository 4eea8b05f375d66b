using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Clustering.Simulation;
using Maml.Cluster.Coordinator.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Ownership;

public sealed class RenewalLoopTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();
    private readonly ClusteringOptions _options = new();
    private readonly UnsureLedger _ledger;
    private readonly RunClaims _claims;

    public RenewalLoopTests()
    {
        _ledger = new UnsureLedger(new MemoryLedger(_time));
        _claims = new RunClaims(
            _ledger, new CoordinatorIdentity("this", new Uri("http://127.0.0.1:1")), _options,
            new ClusterMetrics(new CoordinatorMeter(_services.GetRequiredService<IMeterFactory>())), _time, NullLogger<RunClaims>.Instance);
    }

    [Fact]
    public async Task Renew_OneQuestionHangs_AnotherComesInTime()
    {
        HeldClaim held = await EnterAsync();
        using var loop = new RenewalLoop(_claims, _options, _time);
        await loop.StartAsync(CancellationToken.None);

        Pass(_options.RenewInterval, asked: 1);
        Pass((_options.Lease - _options.HaltMargin - _options.RenewInterval) / 2, asked: 1);
        TimeSpan sinceAsked = TimeSpan.FromMilliseconds(200);
        Pass(sinceAsked, asked: 2);
        held.IsLost.ShouldBeFalse();

        // The first of them is lost, the second is answered.
        var random = new Random(1);
        while (_ledger.Pending > 0) _ledger.Step(random, loss: 0);
        SpinWait.SpinUntil(() => _time.Furthest >= _options.Lease - _options.HaltMargin - sinceAsked, Limit).ShouldBeTrue("the answer was taken in");
        Pass(_options.Lease - _options.HaltMargin - (_options.RenewInterval * 2), asked: null);
        held.IsLost.ShouldBeFalse("it was renewed");
        await loop.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Renew_NobodyAnswers_IsLostBeforeTheLeaseEnds()
    {
        HeldClaim held = await EnterAsync();
        using var loop = new RenewalLoop(_claims, _options, _time);
        await loop.StartAsync(CancellationToken.None);

        Pass(_options.Lease - _options.HaltMargin - Tick, asked: null);
        held.IsLost.ShouldBeFalse();
        Pass(Tick, asked: null);
        held.IsLost.ShouldBeTrue();
        await loop.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _services.Dispose();

    private async Task<HeldClaim> EnterAsync()
    {
        Task<HeldClaim?> entering = _claims.EnterAsync("run", default, default, CancellationToken.None);
        while (!entering.IsCompleted) _ledger.Step(new Random(1), loss: 0);
        return (await entering).ShouldNotBeNull();
    }

    // Small steps, each with time for what it wakes.
    private void Pass(TimeSpan duration, int? asked)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < duration; passed += Tick)
        {
            SpinWait.SpinUntil(() => _time.Armed > 1, Limit);
            _time.Advance(Tick < duration - passed ? Tick : duration - passed);
            Thread.Sleep(1);
        }

        if (asked is { } count) SpinWait.SpinUntil(() => _ledger.Pending == count, Limit).ShouldBeTrue($"{_ledger.Pending} questions and not {count}");
    }
}
