using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>40 iterations of waves.</summary>
public sealed class ShortRun() : ReferenceRun(Preset, Settings)
{
    private const string Preset = "sinusoid";
    private const int Many = 1_000_000;

    private static readonly string[] Settings = ["outer.iterations=40", "seed=5", "checkpoints.every=5", "evaluation.every=0", "evaluation.tasks=100"];

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest() => CreateRequest(Preset, Settings);

    /// <summary>Asks for a run that does not end by itself.</summary>
    public static StartRunRequest CreateEndlessRequest() => CreateRequest(Preset, [.. Settings, $"outer.iterations={Many}"]);
}
