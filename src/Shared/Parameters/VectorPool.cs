namespace Maml.Cluster.Shared.Parameters;

/// <summary>Vectors of one length that are used again and again, so that an iteration allocates none. Safe for use by several threads.</summary>
/// <param name="length">Length of every vector; that of θ.</param>
public sealed class VectorPool(int length)
{
    private readonly Lock _gate = new();
    private readonly Stack<float[]> _free = [];

    /// <summary>Length of every vector.</summary>
    public int Length => length;

    /// <summary>A vector with any content.</summary>
    public float[] Rent()
    {
        lock (_gate)
            if (_free.TryPop(out float[]? vector)) return vector;
        return GC.AllocateUninitializedArray<float>(length);
    }

    /// <summary>Takes a vector back; the caller must not touch it any more.</summary>
    public void Return(float[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Length != length)
            throw new ArgumentException($"Found a vector of {vector.Length} elements, expected {length}.", nameof(vector));
        lock (_gate) _free.Push(vector);
    }
}
