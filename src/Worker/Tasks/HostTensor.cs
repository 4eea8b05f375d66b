namespace Maml.Cluster.Worker.Tasks;

/// <summary>A tensor on the host.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its elements, row by row; as many as the product of <paramref name="Shape"/>.</param>
public sealed record HostTensor(IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>A tensor of zeros.</summary>
    internal static HostTensor Zeros(params long[] shape) => new(shape, new float[shape.Aggregate(1L, (product, size) => checked(product * size))]);
}
