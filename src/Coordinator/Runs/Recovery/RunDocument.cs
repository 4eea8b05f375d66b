using System.Text.Json.Serialization;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>
/// A run as <c>run.json</c> keeps it, beside its configuration and checkpoints: what a coordinator needs to list it or to go on
/// with it. Property names in camel case are the file's names.
/// </summary>
internal sealed record RunDocument
{
    /// <summary>The only format there is so far.</summary>
    public const int CurrentFormat = 1;

    /// <summary>State of a run that is to go on when its coordinator starts again.</summary>
    public const string Active = "active";

    /// <summary>State of a run that is to stay paused.</summary>
    public const string Paused = "paused";

    /// <summary>Version of this layout.</summary>
    public required int Format { get; init; }

    /// <summary>The run's identifier.</summary>
    public required string Run { get; init; }

    /// <summary>The preset that it was started from; empty for a file.</summary>
    public required string Preset { get; init; }

    /// <summary>When it was started first.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Active, paused, completed, stopped or failed.</summary>
    public required string State { get; init; }

    /// <summary>Iterations done when this was written.</summary>
    public required long Iteration { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public required string Fault { get; init; }

    /// <summary>SHA-256 of θ; empty until it has ended.</summary>
    public required string MetaParametersSha256 { get; init; }

    /// <summary>Content hash of its data set; empty when its tasks need none.</summary>
    public required string DataSetHash { get; init; }

    /// <summary>The most workers that were attached at once.</summary>
    public required int Workers { get; init; }

    /// <summary>The evaluation before the first iteration; null when there was none.</summary>
    public required EvaluationDocument? InitialEvaluation { get; init; }

    /// <summary>The newest evaluation; null when there was none.</summary>
    public required EvaluationDocument? Evaluation { get; init; }

    /// <summary>Whether it is to go on, or to stay paused, when its coordinator starts again or another takes it over.</summary>
    [JsonIgnore]
    public bool IsUnfinished => State is Active or Paused;

    /// <summary>Takes a run down.</summary>
    /// <param name="run">The run.</param>
    /// <param name="dataSetHash">Content hash of its data set; empty when its tasks need none.</param>
    /// <param name="workers">The most workers that were attached at once.</param>
    public static RunDocument From(RunSnapshot run, string dataSetHash, int workers) => new()
    {
        Format = CurrentFormat,
        Run = run.RunId,
        Preset = run.Preset,
        Started = run.Started,
        State = run.State switch
        {
            RunState.Completed or RunState.Stopped or RunState.Failed or RunState.Paused => run.State.ToString().ToLowerInvariant(),
            _ => Active,
        },
        Iteration = run.Iteration,
        Fault = run.Fault,
        MetaParametersSha256 = run.MetaParametersSha256,
        DataSetHash = dataSetHash,
        Workers = workers,
        InitialEvaluation = EvaluationDocument.From(run.InitialEvaluation),
        Evaluation = EvaluationDocument.From(run.Evaluation),
    };

    /// <summary>The run as it was taken down.</summary>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="directory">Its folder.</param>
    public RunSnapshot ToSnapshot(RunConfiguration configuration, string directory) => new()
    {
        RunId = Run,
        Configuration = configuration,
        Preset = Preset,
        Directory = directory,
        Started = Started,
        State = Enum.TryParse(State, ignoreCase: true, out RunState state) && state.IsEnded() ? state : RunState.Starting,
        EarlierWorkers = Workers,
        Iteration = Iteration,
        Fault = Fault,
        MetaParametersSha256 = MetaParametersSha256,
        InitialEvaluation = InitialEvaluation?.ToSummary(),
        Evaluation = Evaluation?.ToSummary(),
    };
}
