using Maml.Cluster.Shared.Models;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>θ as the explicit passes want it: filters as matrices over (row, column, channel), every vector a single row.</summary>
/// <param name="layout">The layout of θ.</param>
/// <param name="filtersAreRows">Whether a filter after the first block is a row, [C′, 9·C], and not a column, [9·C, C′].</param>
internal sealed class Conv4Weights(ParameterLayout layout, bool filtersAreRows)
{
    private const int PatchSize = 9;

    /// <summary>Shared weights from flat θ: filters, vectors [1, C], head [C, outputs].</summary>
    public Tensor[] FromTheta(Tensor theta) =>
        [.. layout.Parameters.Select(parameter => FromTheta(theta.narrow(0, parameter.Offset, parameter.Count), parameter.Shape))];

    /// <summary>Flat, in the order of θ, from tensors of the shapes that <see cref="FromTheta(Tensor)"/> gives.</summary>
    public Tensor ToTheta(IReadOnlyList<Tensor> weights) =>
        cat([.. weights.Select((weight, i) => ToTheta(weight, layout.Parameters[i].Shape))]);

    private Tensor FromTheta(Tensor flat, IReadOnlyList<int> shape) => shape.Count switch
    {
        4 when IsRows(shape) => flat.view(shape[0], shape[1], PatchSize).permute(0, 2, 1).reshape(shape[0], PatchSize * shape[1]),
        4 => flat.view(shape[0], shape[1], PatchSize).permute(2, 1, 0).reshape(PatchSize * shape[1], shape[0]),
        2 => flat.view(shape[0], shape[1]).t().contiguous(),
        _ => flat.view(1, shape[0]),
    };

    private Tensor ToTheta(Tensor weight, IReadOnlyList<int> shape) => shape.Count switch
    {
        4 when IsRows(shape) => weight.view(shape[0], PatchSize, shape[1]).permute(0, 2, 1).reshape(-1),
        4 => weight.view(PatchSize, shape[1], shape[0]).permute(2, 1, 0).reshape(-1),
        2 => weight.t().reshape(-1),
        _ => weight.reshape(-1),
    };

    // The first block's filters see a single channel, and are columns always.
    private bool IsRows(IReadOnlyList<int> shape) => filtersAreRows && shape[1] > 1;
}
