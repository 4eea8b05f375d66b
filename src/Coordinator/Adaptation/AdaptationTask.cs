using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>A task that a client brings along.</summary>
/// <param name="Examples">Its examples as the model takes them.</param>
/// <param name="Labels">What its classes are called, by position; empty for regression.</param>
/// <param name="InnerSteps">Inner steps to take.</param>
internal sealed record AdaptationTask(InlineTask Examples, IReadOnlyList<string> Labels, int InnerSteps);
