using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>300 iterations of Omniglot, with so many query examples that there is time for several disturbances.</summary>
public sealed class UndisturbedRun() : ReferenceRun(Preset, Settings, "--data", Omniglot.Folder)
{
    private const string Preset = "omniglot-5way-1shot";

    private static readonly string[] Settings = ["outer.iterations=300", "tasks.query=15", "seed=3", "checkpoints.every=10", "evaluation.every=0", "evaluation.tasks=40"];

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest() => CreateRequest(Preset, Settings);

    /// <inheritdoc/>
    public override Task InitializeAsync() => Omniglot.IsPresent ? base.InitializeAsync() : Task.CompletedTask;
}
