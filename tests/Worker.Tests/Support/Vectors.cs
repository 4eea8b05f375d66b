using System.Numerics.Tensors;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Arithmetic on gradients.</summary>
internal static class Vectors
{
    /// <summary>‖a − b‖ / ‖b‖.</summary>
    public static double RelativeError(double[] a, double[] b)
    {
        a.Length.ShouldBe(b.Length);
        return TensorPrimitives.Distance<double>(a, b) / TensorPrimitives.Norm<double>(b);
    }

    public static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);
}
