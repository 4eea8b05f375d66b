namespace Maml.Cluster.Shared.Randomness;

/// <summary>
/// A sequence of random numbers, fixed for always by a seed and a stream number. Streams of one seed are independent
/// of one another. A value type: a copy continues from where the original stood.
/// </summary>
public struct RandomStream
{
    private readonly ulong _seed;
    private readonly ulong _stream;
    private ulong _counter;
    private ulong _spare;
    private bool _hasSpare;

    /// <summary>Starts a sequence.</summary>
    public RandomStream(ulong seed, ulong stream)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        (uint x0, uint x1, uint x2, uint x3) = Philox.Draw(_seed, _counter++, _stream);
        _spare = ((ulong)x3 << 32) | x2;
        _hasSpare = true;
        return ((ulong)x1 << 32) | x0;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextUniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform in 0…<paramref name="exclusiveMaximum"/> − 1, without bias (Lemire, TOMACS 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is below 1.</exception>
    public int NextInteger(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);
        ulong range = (ulong)exclusiveMaximum;
        ulong threshold = unchecked(0UL - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), range, out ulong low);
            if (low >= threshold) return (int)high;
        }
    }

    /// <summary>Standard normal (Box and Muller, 1958; one of the pair is used, which keeps the sequence position simple).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>Fills <paramref name="destination"/> with different integers from 0…<paramref name="population"/> − 1, every ordered choice equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer integers than places.</exception>
    public void NextDistinct(Span<int> destination, int population)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            int candidate;
            do candidate = NextInteger(population);
            while (destination[..i].Contains(candidate));
            destination[i] = candidate;
        }
    }
}
