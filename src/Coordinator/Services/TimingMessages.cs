using Timings = Maml.Cluster.Coordinator.Runs.Training.IterationTimings;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Timings as they cross the wire.</summary>
internal static class TimingMessages
{
    /// <summary>Those of an iteration.</summary>
    public static Protos.V1.IterationTimings ToMessage(in Timings timings) => new()
    {
        IterationSeconds = timings.Iteration,
        SampleSeconds = timings.Sample,
        SampleAheadSeconds = timings.SampleAhead,
        PublishSeconds = timings.Publish,
        SendSeconds = timings.Send,
        QueueSeconds = timings.Queue,
        TensorsSeconds = timings.Tensors,
        ComputeSeconds = timings.Compute,
        InnerStepsSeconds = timings.InnerSteps,
        QuerySeconds = timings.Query,
        MetaGradientSeconds = timings.MetaGradient,
        GatherSeconds = timings.Gather,
        IdleSeconds = timings.Idle,
        ReduceSeconds = timings.Reduce,
        UpdateSeconds = timings.Update,
        BytesSent = (ulong)timings.BytesSent,
        BytesReceived = (ulong)timings.BytesReceived,
    };
}
