using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Everything that computing a chunk needs.</summary>
/// <param name="Configuration">The run's configuration.</param>
/// <param name="DataSet">What its tasks draw from; null for sources that need none.</param>
/// <param name="Theta">θ; null for a forecast.</param>
/// <param name="Vectors">Where the meta-gradient's vector comes from.</param>
/// <param name="Purpose">What is wanted.</param>
/// <param name="WholeCurve">Whether the curves are wanted after every inner step, and not only after the last.</param>
/// <param name="InnerSteps">Inner steps to take.</param>
/// <param name="Lease">The lease, or the forecast of one, that this was read from.</param>
/// <param name="Tasks">The tasks, in order.</param>
/// <param name="Shot">Support examples a class.</param>
/// <param name="Query">Query examples a class.</param>
internal sealed record ChunkWork(
    Shared.Configuration.RunConfiguration Configuration,
    ImageDataSet? DataSet,
    ParameterVersion? Theta,
    VectorPool Vectors,
    ChunkPurpose Purpose,
    bool WholeCurve,
    int InnerSteps,
    ChunkLease Lease,
    IReadOnlyList<Shared.Tasks.TaskDescriptor> Tasks,
    int Shot,
    int Query);
