using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>What a round is to compute.</summary>
internal sealed record RoundWork
{
    /// <summary>The run that it belongs to.</summary>
    public required RunContext Run { get; init; }

    /// <summary>θ.</summary>
    public required ParametersVersion Parameters { get; init; }

    /// <summary>The iteration, from 0.</summary>
    public required long Iteration { get; init; }

    /// <summary>What for.</summary>
    public required ChunkPurpose Purpose { get; init; }

    /// <summary>Inner steps to take.</summary>
    public required int InnerSteps { get; init; }

    /// <summary>Whether curves are wanted after every inner step, and not only after the last; always so where there is no meta-gradient.</summary>
    public bool WholeCurve { get; init; } = true;

    /// <summary>Query examples a class.</summary>
    public required int Query { get; init; }

    /// <summary>The chunks, in order.</summary>
    public required IReadOnlyList<Chunk> Chunks { get; init; }

    /// <summary>Whether results carry a meta-gradient.</summary>
    public bool WantsGradient => Purpose == ChunkPurpose.MetaGradient;

    /// <summary>Whether results carry outputs, and no curves.</summary>
    public bool WantsOutputs => Purpose == ChunkPurpose.Prediction;

    /// <summary>Entries that the curve of every task has.</summary>
    public int CurveLength => !WantsGradient ? InnerSteps + 1 : WholeCurve ? InnerSteps : 1;

    /// <summary>Numbers that the model gives for the query examples of a task that brings them along.</summary>
    public int OutputsOf(TaskDescriptor task)
    {
        TaskShape shape = TaskShape.Of(Run.Configuration.Tasks);
        return task.Inline.QueryInputs.Length / sizeof(float) / shape.FeatureCount * shape.Outputs;
    }

    /// <summary>Chunks of a group, which an aggregator gets as one; 0 and 1 mean no groups.</summary>
    public int Group { get; init; }

    /// <summary>Tasks of some chunks.</summary>
    /// <param name="chunk">Position of the first.</param>
    /// <param name="count">How many chunks.</param>
    public int CountTasks(int chunk, int count)
    {
        int tasks = 0;
        for (int i = chunk; i < chunk + count; i++) tasks += Chunks[i].Tasks.Count;
        return tasks;
    }

    /// <summary>The message that announces a chunk of the run's next round.</summary>
    /// <param name="chunk">The chunk.</param>
    public CoordinatorMessage CreateForecast(Chunk chunk)
    {
        var forecast = new ChunkLease
        {
            RunId = Run.RunId,
            Iteration = (ulong)Iteration + 1,
            ChunkIndex = (uint)chunk.Index,
            Purpose = Purpose,
            InnerSteps = (uint)InnerSteps,
            Shot = (uint)Run.Configuration.Tasks.Shot,
            Query = (uint)Query,
        };
        forecast.Tasks.Add(chunk.Tasks);
        return new CoordinatorMessage { Forecast = forecast };
    }

    /// <summary>The message that hands a chunk, or a group of chunks, to a worker.</summary>
    /// <param name="leaseId">The lease.</param>
    /// <param name="chunk">Position of the chunk; of a group, that of its first.</param>
    /// <param name="count">Chunks that are leased as one.</param>
    /// <param name="duration">Time until its deadline.</param>
    /// <param name="traceparent">The lease's span; null for none.</param>
    public CoordinatorMessage CreateLease(ulong leaseId, int chunk, int count, TimeSpan duration, string? traceparent = null)
    {
        var lease = new ChunkLease
        {
            LeaseId = leaseId,
            RunId = Run.RunId,
            ParametersVersion = Parameters.Version,
            Iteration = (ulong)Iteration,
            ChunkIndex = (uint)chunk,
            Purpose = Purpose,
            InnerSteps = (uint)InnerSteps,
            Shot = (uint)Run.Configuration.Tasks.Shot,
            Query = (uint)Query,
            WholeCurve = WholeCurve,
            LeaseMilliseconds = (uint)Math.Ceiling(duration.TotalMilliseconds),
            Traceparent = traceparent ?? "",
            Epoch = (ulong)Run.Epoch,
        };
        for (int i = chunk; i < chunk + count; i++)
        {
            lease.Tasks.Add(Chunks[i].Tasks);
            if (count > 1) lease.GroupChunkTasks.Add((uint)Chunks[i].Tasks.Count);
        }

        return new CoordinatorMessage { Chunk = lease };
    }
}
