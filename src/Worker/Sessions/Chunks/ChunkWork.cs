using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Everything that computing a chunk needs.</summary>
/// <param name="Configuration">The run's configuration.</param>
/// <param name="DataSet">What its tasks draw from; null for sources that need none.</param>
/// <param name="Theta">θ.</param>
/// <param name="NeedsMetaGradient">Whether the meta-gradient is wanted, or only the curves.</param>
/// <param name="WholeCurve">Whether the curves are wanted after every inner step, and not only after the last.</param>
/// <param name="InnerSteps">Inner steps to take.</param>
/// <param name="Tasks">The tasks, in order.</param>
/// <param name="Shot">Support examples a class.</param>
/// <param name="Query">Query examples a class.</param>
internal sealed record ChunkWork(
    RunConfiguration Configuration,
    ImageDataSet? DataSet,
    ParameterVersion Theta,
    bool NeedsMetaGradient,
    bool WholeCurve,
    int InnerSteps,
    IReadOnlyList<TaskDescriptor> Tasks,
    int Shot,
    int Query);
