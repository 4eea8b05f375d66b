using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>A run as it is at one moment.</summary>
internal sealed record RunSnapshot
{
    /// <summary>Identifier, also the name of its folder.</summary>
    public required string RunId { get; init; }

    /// <summary>What it does.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>The preset that it was started from; empty for a file.</summary>
    public required string Preset { get; init; }

    /// <summary>Its folder.</summary>
    public required string Directory { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this coordinator set it going; null where it did not.</summary>
    public DateTimeOffset? Launched { get; init; }

    /// <summary>The epoch under which it did; 0 where it did not, and where runs are not shared.</summary>
    public long Epoch { get; init; }

    /// <summary>When it ended in this coordinator; null where it did not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Where it is in its life.</summary>
    public RunState State { get; init; }

    /// <summary>The most workers that were attached at once during earlier starts of the run.</summary>
    public int EarlierWorkers { get; init; }

    /// <summary>Iterations done.</summary>
    public long Iteration { get; init; }

    /// <summary>The newest iteration; null before this coordinator has made one.</summary>
    public IterationRecord? Latest { get; init; }

    /// <summary>The newest iteration whose query losses were measured after each inner step; null before one.</summary>
    public IterationRecord? LatestCurve { get; init; }

    /// <summary>Iterations done at the newest checkpoint; null before the first.</summary>
    public long? CheckpointIteration { get; init; }

    /// <summary>When this coordinator wrote the newest checkpoint; null before the first.</summary>
    public DateTimeOffset? CheckpointWritten { get; init; }

    /// <summary>Bytes of that checkpoint.</summary>
    public long? CheckpointBytes { get; init; }

    /// <summary>Why files cannot be written at present; empty when they can.</summary>
    public string StorageFault { get; init; } = "";

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Fault { get; init; } = "";

    /// <summary>SHA-256 of θ; empty until it has ended.</summary>
    public string MetaParametersSha256 { get; init; } = "";

    /// <summary>The newest evaluation.</summary>
    public EvaluationSummary? Evaluation { get; init; }

    /// <summary>The evaluation before the first iteration.</summary>
    public EvaluationSummary? InitialEvaluation { get; init; }
}
