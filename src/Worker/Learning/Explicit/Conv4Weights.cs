using Maml.Cluster.Shared.Models;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>θ as the explicit passes want it: every weight a matrix whose rows are inputs, every vector a single row.</summary>
internal static class Conv4Weights
{
    /// <summary>Shared weights from flat θ: filters [9·C, C′], head [C, outputs], vectors [1, C].</summary>
    public static Tensor[] FromTheta(Tensor theta, ParameterLayout layout) =>
        [.. layout.Parameters.Select(parameter => FromTheta(theta.narrow(0, parameter.Offset, parameter.Count), parameter.Shape))];

    /// <summary>Flat, in the order of θ, from matrices of the shapes that <see cref="FromTheta(Tensor, ParameterLayout)"/> gives.</summary>
    public static Tensor ToTheta(IReadOnlyList<Tensor> matrices, ParameterLayout layout) =>
        cat([.. matrices.Select((matrix, i) => ToTheta(matrix, layout.Parameters[i].Shape))]);

    private static Tensor FromTheta(Tensor flat, IReadOnlyList<int> shape) => shape.Count switch
    {
        4 => flat.view(shape[0], shape[1], 9).permute(2, 1, 0).reshape(9 * shape[1], shape[0]),
        2 => flat.view(shape[0], shape[1]).t().contiguous(),
        _ => flat.view(1, shape[0]),
    };

    private static Tensor ToTheta(Tensor matrix, IReadOnlyList<int> shape) => shape.Count switch
    {
        4 => matrix.view(9, shape[1], shape[0]).permute(2, 1, 0).reshape(-1),
        2 => matrix.t().reshape(-1),
        _ => matrix.reshape(-1),
    };
}
