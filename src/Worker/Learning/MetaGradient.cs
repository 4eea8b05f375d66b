using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>What a chunk contributes to an iteration.</summary>
/// <param name="Sum">The sum over the chunk's tasks of d(mean query loss)/dθ, flat in the order of θ.</param>
/// <param name="Curves">Query loss and accuracy after inner steps 1…S, or only after step S.</param>
internal sealed record MetaGradient(torch.Tensor Sum, AdaptationCurves Curves);
