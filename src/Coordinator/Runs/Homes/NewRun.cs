using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>A run that shall begin.</summary>
/// <param name="Configuration">What it does; validated.</param>
/// <param name="Preset">The preset that it came from; empty for a file.</param>
/// <param name="DataSetHash">Content hash of its data set; empty when its tasks need none.</param>
/// <param name="Started">When it is started.</param>
internal sealed record NewRun(RunConfiguration Configuration, string Preset, string DataSetHash, DateTimeOffset Started)
{
    /// <summary>The run before its first state, in its folder.</summary>
    public RunSnapshot In(RunFolder folder) => new()
    {
        RunId = folder.RunId,
        Configuration = Configuration,
        Preset = Preset,
        Directory = folder.Path,
        Started = Started,
    };

    /// <summary>Its first record.</summary>
    public RunDocument RecordIn(RunFolder folder) => RunDocument.From(In(folder), DataSetHash, workers: 0);
}
