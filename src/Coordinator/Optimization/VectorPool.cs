using System.Collections.Concurrent;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>Vectors of one length that are used again and again, so that an iteration allocates none. Safe for use by several threads.</summary>
/// <param name="length">Length of every vector; that of θ.</param>
internal sealed class VectorPool(int length)
{
    private readonly ConcurrentBag<float[]> _free = [];

    /// <summary>Length of every vector.</summary>
    public int Length => length;

    /// <summary>A vector with any content.</summary>
    public float[] Rent() => _free.TryTake(out float[]? vector) ? vector : new float[length];

    /// <summary>Takes a vector back; the caller must not touch it any more.</summary>
    public void Return(float[] vector)
    {
        if (vector.Length != length)
            throw new ArgumentException($"Found a vector of {vector.Length} elements, expected {length}.", nameof(vector));
        _free.Add(vector);
    }
}
