namespace Maml.Cluster.Shared.Models;

/// <summary>One named tensor of the meta-parameters.</summary>
/// <param name="Name">PyTorch's name for it, such as <c>blocks.0.conv.weight</c>.</param>
/// <param name="Shape">Its dimensions, as PyTorch orders them.</param>
/// <param name="Offset">Its first element within θ.</param>
/// <param name="Initializer">How its initial value is drawn.</param>
public sealed record ParameterSpecification(string Name, IReadOnlyList<int> Shape, int Offset, Initializer Initializer)
{
    /// <summary>Number of elements.</summary>
    public int Count { get; } = Shape.Aggregate(1, (product, size) => checked(product * size));
}
