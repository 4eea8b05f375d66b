using Maml.Cluster.EndToEnd.Processes;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.EndToEnd.Clustering;

/// <summary>300 iterations of waves, each with so many tasks that there is time for what is done to the coordinators.</summary>
public sealed class SteadyRun() : ReferenceRun(Preset, Settings)
{
    public const int Iterations = 300;

    private const string Preset = "sinusoid";

    private static readonly string[] Settings =
    [
        $"outer.iterations={Iterations}", "outer.tasksPerIteration=400", "inner.steps=5", "tasks.query=50", "seed=5", "checkpoints.every=5", "evaluation.every=0",
        "evaluation.tasks=100",
    ];

    /// <summary>Asks for the same run.</summary>
    public static StartRunRequest CreateRequest() => CreateRequest(Preset, Settings);
}
