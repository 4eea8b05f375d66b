using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Probes;

/// <summary>One meta-gradient and everything that is needed to compute it again in another framework.</summary>
/// <param name="Layout">Names, shapes and places of the parameters within <paramref name="Theta"/> and <paramref name="MetaGradient"/>.</param>
/// <param name="Theta">θ, flat.</param>
/// <param name="SupportX">Support examples, [T, N, …features].</param>
/// <param name="SupportY">Support labels, [T, N] class positions or [T, N, 1] numbers.</param>
/// <param name="QueryX">Query examples, [T, M, …features].</param>
/// <param name="QueryY">Query labels, [T, M] class positions or [T, M, 1] numbers.</param>
/// <param name="LabelsAreClasses">Whether labels are class positions, which are integers, and not numbers.</param>
/// <param name="MetaGradient">Mean over the tasks of the meta-gradient, flat in the order of <paramref name="Theta"/>.</param>
/// <param name="QueryLoss">Mean over the tasks of the query loss after the last inner step.</param>
public sealed record MetaGradientSample(
    ParameterLayout Layout,
    float[] Theta,
    HostTensor SupportX,
    HostTensor SupportY,
    HostTensor QueryX,
    HostTensor QueryY,
    bool LabelsAreClasses,
    float[] MetaGradient,
    float QueryLoss);
