using System.Numerics.Tensors;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>Adds vectors in float32 and in the order of their positions, whatever the order of their arrival.</summary>
/// <param name="pool">Where vectors come from and go to.</param>
internal sealed class OrderedSum(VectorPool pool)
{
    private float[]?[] _early = [];
    private float[]? _sum;

    /// <summary>Vectors to add.</summary>
    public int Terms { get; private set; }

    /// <summary>Vectors added so far; those that came before their turn are not among them.</summary>
    public int Added { get; private set; }

    /// <summary>Whether every vector has been added.</summary>
    public bool IsComplete => Added == Terms;

    /// <summary>The sum so far; for use until <see cref="Begin"/> or <see cref="Take"/>. Null before the first vector.</summary>
    public float[]? Sum => _sum;

    /// <summary>Starts over.</summary>
    /// <param name="terms">Vectors to add; 1 or more.</param>
    public void Begin(int terms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(terms, 1);
        foreach (float[]? left in _early)
            if (left is not null) pool.Return(left);
        if (_sum is not null) pool.Return(_sum);

        if (_early.Length != terms) _early = new float[]?[terms];
        else Array.Clear(_early);
        _sum = null;
        Terms = terms;
        Added = 0;
    }

    /// <summary>Whether a vector was given away here before.</summary>
    public bool Has(int position) => position < Added || _early[position] is not null;

    /// <summary>Adds a vector as soon as those before it are there.</summary>
    /// <param name="position">Its position, from 0.</param>
    /// <param name="vector">Rented from the pool, and given away here.</param>
    public void Add(int position, float[] vector)
    {
        _early[position] = vector;
        while (Added < Terms && _early[Added] is { } next)
        {
            _early[Added++] = null;

            // The first is the sum so far: nothing is copied.
            if (_sum is null)
            {
                _sum = next;
                continue;
            }

            TensorPrimitives.Add(_sum, next, _sum);
            pool.Return(next);
        }
    }

    /// <summary>Hands the sum over to the caller.</summary>
    /// <exception cref="InvalidOperationException">A vector is missing.</exception>
    public float[] Take()
    {
        if (!IsComplete || _sum is null) throw new InvalidOperationException($"Only {Added} of {Terms} vectors were added; the sum needs all of them.");
        float[] sum = _sum;
        _sum = null;
        return sum;
    }
}
