using System.Numerics.Tensors;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>
/// Adds the meta-gradients of an iteration's chunks, in float32 and in the order of the chunks whatever the order of their
/// arrival: floating-point addition is not associative, and θ must not depend on which worker was faster.
/// </summary>
internal sealed class MetaGradientSum
{
    private readonly VectorPool _pool;
    private float[] _sum;
    private float[]?[] _early = [];
    private int _chunks;
    private int _added;

    /// <summary>Creates a sum for vectors of the pool's length.</summary>
    public MetaGradientSum(VectorPool pool)
    {
        _pool = pool;
        _sum = new float[pool.Length];
    }

    /// <summary>Whether every chunk has been added.</summary>
    public bool IsComplete => _added == _chunks;

    /// <summary>Starts over, for another iteration.</summary>
    /// <param name="chunks">Chunks of the iteration; 1 or more.</param>
    public void Begin(int chunks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
        foreach (float[]? left in _early)
            if (left is not null) _pool.Return(left);

        if (_early.Length != chunks) _early = new float[]?[chunks];
        else Array.Clear(_early);
        _chunks = chunks;
        _added = 0;
    }

    /// <summary>Adds a chunk as soon as those before it are there.</summary>
    /// <param name="chunk">Position of the chunk, from 0.</param>
    /// <param name="vector">Sum of the meta-gradients of the chunk's tasks; rented from the pool, and given away here.</param>
    /// <exception cref="ArgumentException">The chunk was added before.</exception>
    public void Add(int chunk, float[] vector)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)chunk, (uint)_chunks, nameof(chunk));
        if (chunk < _added || _early[chunk] is not null)
            throw new ArgumentException($"Chunk {chunk} was added before; each counts once.", nameof(chunk));

        _early[chunk] = vector;
        while (_added < _chunks && _early[_added] is { } next)
        {
            // The first is the sum so far: it takes the place of the old vector, and nothing is copied.
            if (_added == 0) (_sum, next) = (next, _sum);
            else TensorPrimitives.Add(_sum, next, _sum);
            _early[_added++] = null;
            _pool.Return(next);
        }
    }

    /// <summary>Divides by the number of tasks.</summary>
    /// <param name="tasks">Tasks of all chunks.</param>
    /// <param name="norm">The Euclidean norm of the mean.</param>
    /// <returns>The averaged meta-gradient; valid until <see cref="Begin"/>, and free for the caller to change.</returns>
    /// <exception cref="InvalidOperationException">A chunk is missing.</exception>
    public Span<float> TakeMean(int tasks, out double norm)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        if (!IsComplete) throw new InvalidOperationException($"Only {_added} of {_chunks} chunks were added; the mean needs all of them.");
        norm = GradientNorm.DivideAndMeasure(_sum, tasks);
        return _sum;
    }
}
