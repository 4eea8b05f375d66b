using System.Collections.Concurrent;
using System.Diagnostics;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Worker.Telemetry;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Telemetry;

public sealed class ChunkTraceTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";

    private readonly Problem _problem = new(Runs.Sinusoid, 2);

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01", true)]
    [InlineData($"00-{Trace}-{Parent}-00", false)]
    [InlineData("", false)]
    [InlineData("nonsense", false)]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01", false)]
    public async Task Chunk_Traceparent_IsJoinedWhereItIsOneAndSampled(string traceparent, bool isJoined)
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                (options.Parent.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 77, change: lease => lease.Traceparent = traceparent);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(77ul);

        Activity? span = spans.SingleOrDefault(span => span.TraceId.ToHexString() == Trace);
        (span is not null).ShouldBe(isJoined);
        if (span is null) return;
        span.ParentSpanId.ToHexString().ShouldBe(Parent);
        span.GetTagItem("maml.chunk").ShouldBe(3u);
    }
}
