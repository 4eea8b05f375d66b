using System.Collections.Concurrent;
using System.Diagnostics;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Telemetry;

public sealed class CoordinatorTracingTests
{
    [Fact]
    public async Task Train_NobodyListens_SendsNoTrace()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var traces = new ConcurrentBag<string>();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, interfere: (_, lease) =>
        {
            traces.Add(lease.Traceparent);
            return Task.FromResult(false);
        });
        await coordinator.TrainAsync(Configurations.Sinusoid(2));
        traces.ShouldNotBeEmpty();

        // A listener of another test may be about; it takes only its own run's spans.
        traces.Where(trace => trace.Length > 0).ShouldBeEmpty();
    }

    [Fact]
    public void StartApart_Ends_LeavesWhatIsCurrentAlone()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CoordinatorMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == Trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity around = new Activity("around").Start();
        var parent = new ActivityContext(Trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        Activity? span = LeaseSpan.Start(parent, 1, 2, 3, "worker");
        span.ShouldNotBeNull();
        Activity.Current.ShouldBe(around);
        LeaseSpan.End(span, LeaseOutcome.Lost);
        Activity.Current.ShouldBe(around);
        span.ParentSpanId.ShouldBe(parent.SpanId);
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("maml.outcome").ShouldBe("lost");
        span.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Start_WhereNothingIsTraced_IsNull()
    {
        Activity.Current = null;
        CoordinatorTracing.Start("reduce").ShouldBeNull();
        CoordinatorTracing.StartApart("chunk", ActivityKind.Client, default).ShouldBeNull();
    }

    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateRandom();
}
