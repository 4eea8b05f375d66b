using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Autograd;

/// <summary>float64 tensors of uniform numbers in ±1 that depend on a seed only, also when tests run side by side.</summary>
internal static class RandomNumbers
{
    public static torch.Tensor Of(int seed, params long[] shape)
    {
        var random = new Random(seed);
        double[] values = new double[shape.Aggregate(1L, (product, length) => product * length)];
        for (int i = 0; i < values.Length; i++) values[i] = (2 * random.NextDouble()) - 1;
        return torch.tensor(values, shape);
    }
}
