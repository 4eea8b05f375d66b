using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Dispatch;

public sealed class ChunkTraceTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    [InlineData(1e9f)]
    public void From_TimesThatCannotBe_AreNotBelieved(float seconds)
    {
        var timings = new ChunkTimings { QueuedSeconds = seconds, ComputeSeconds = seconds, QuerySeconds = 2, SamplingSeconds = 1 };
        ChunkTrace trace = ChunkTrace.From(CreateGrant(), timings, bytesReceived: 5);
        (trace.Queued, trace.Compute, trace.Query, trace.Tensors).ShouldBe((0, 0, 2, 1));
        (trace.Worker, trace.SentAt, trace.BytesSent, trace.BytesReceived).ShouldBe(("a", 123, 456, 5));
    }

    private static LeaseGrant CreateGrant()
    {
        var grant = new LeaseGrant(1, new RecordingOutbox("a", new ManualTime()), Round: null!, Chunk: 0);
        grant.Send(123, 456);
        return grant;
    }
}
