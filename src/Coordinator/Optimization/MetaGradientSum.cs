using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>
/// Adds the meta-gradients of an iteration's chunks, in float32 and in a fixed order whatever the order of their arrival: within each
/// group in the order of its chunks, then group after group. Floating-point addition is not associative, and θ must depend neither on
/// which worker was faster nor on who added up a group.
/// </summary>
internal sealed class MetaGradientSum
{
    private readonly VectorPool _pool;
    private readonly int _group;
    private readonly GradientPrecision _precision;
    private readonly OrderedSum _total;
    private readonly Stack<OrderedSum> _idle = [];
    private OrderedSum?[] _groups = [];
    private int _chunks;
    private int _added;

    /// <summary>Creates a sum for vectors of the pool's length.</summary>
    /// <param name="pool">Where vectors come from and go to.</param>
    /// <param name="group">Chunks of a group; 0 and 1 mean no groups.</param>
    /// <param name="precision">How sums cross the wire: that of a group is rounded where the group ends, whether it crosses one there or not.</param>
    public MetaGradientSum(VectorPool pool, int group = 0, GradientPrecision precision = GradientPrecision.Float32)
    {
        _pool = pool;
        _group = Math.Max(1, group);
        _precision = precision;
        _total = new OrderedSum(pool);
    }

    /// <summary>Whether every chunk has been added.</summary>
    public bool IsComplete => _chunks > 0 && _total.IsComplete;

    /// <summary>Starts over, for another iteration.</summary>
    /// <param name="chunks">Chunks of the iteration; 1 or more.</param>
    public void Begin(int chunks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
        int groups = (chunks + _group - 1) / _group;
        foreach (OrderedSum? left in _groups)
            if (left is not null) Rest(left);
        if (_groups.Length != groups) _groups = new OrderedSum?[groups];
        else Array.Clear(_groups);
        _chunks = chunks;
        _added = 0;
        _total.Begin(groups);
    }

    /// <summary>Adds a chunk, or a whole group, as soon as those before it are there.</summary>
    /// <param name="chunk">Position of the chunk, or of the first one of the group, from 0.</param>
    /// <param name="vector">Sum of the meta-gradients of the tasks; rented from the pool, and given away here.</param>
    /// <param name="count">Chunks whose sum the vector is: 1, or all of a group.</param>
    /// <exception cref="ArgumentException">A chunk was added before, or the chunks are no group.</exception>
    public void Add(int chunk, float[] vector, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)chunk, (uint)_chunks, nameof(chunk));
        int group = chunk / _group;
        int first = group * _group;
        int size = Math.Min(_group, _chunks - first);
        bool isWhole = count == size && chunk == first;
        if (!isWhole && count != 1)
            throw new ArgumentException($"Found the sum of {count} chunks from chunk {chunk} on; expected one chunk, or the {size} from chunk {first} on.", nameof(count));
        if (_total.Has(group) || _groups[group] is { } begun && (isWhole || begun.Has(chunk - first)))
            throw new ArgumentException($"Chunk {chunk} was added before; each counts once.", nameof(chunk));

        _added += count;
        if (isWhole) Close(group, vector);
        else AddWithin(group, chunk - first, size, vector);
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
        norm = GradientNorm.DivideAndMeasure(_total.Sum!, tasks);
        return _total.Sum;
    }

    private void AddWithin(int group, int position, int size, float[] vector)
    {
        if (_groups[group] is not { } sum)
        {
            if (!_idle.TryPop(out sum!)) sum = new OrderedSum(_pool);
            sum.Begin(size);
            _groups[group] = sum;
        }

        sum.Add(position, vector);
        if (!sum.IsComplete) return;
        _groups[group] = null;
        float[] whole = sum.Take();
        Rest(sum);
        Close(group, whole);
    }

    private void Close(int group, float[] sum)
    {
        // Without groups a chunk's sum is taken as it came.
        if (_group > 1) VectorFraming.Round(sum, _precision);
        _total.Add(group, sum);
    }

    private void Rest(OrderedSum sum)
    {
        // Lets go of what it holds.
        sum.Begin(sum.Terms);
        _idle.Push(sum);
    }
}
