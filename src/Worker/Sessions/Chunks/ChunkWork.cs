using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Everything that computing a chunk needs.</summary>
/// <param name="Configuration">The run's configuration.</param>
/// <param name="DataSet">What its tasks draw from; null for sources that need none.</param>
/// <param name="Theta">θ.</param>
/// <param name="Purpose">What is wanted.</param>
/// <param name="WholeCurve">Whether the curves are wanted after every inner step, and not only after the last.</param>
/// <param name="InnerSteps">Inner steps to take.</param>
/// <param name="Tasks">The tasks, in order.</param>
/// <param name="Shot">Support examples a class.</param>
/// <param name="Query">Query examples a class.</param>
internal sealed record ChunkWork(
    Shared.Configuration.RunConfiguration Configuration,
    ImageDataSet? DataSet,
    ParameterVersion Theta,
    ChunkPurpose Purpose,
    bool WholeCurve,
    int InnerSteps,
    IReadOnlyList<Shared.Tasks.TaskDescriptor> Tasks,
    int Shot,
    int Query);
