namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Fisher and Yates's shuffle over the SplitMix64 generator (Steele, Lea, Flood, OOPSLA 2014). The order for a seed is a promise
/// to every result ever published with it, hence no generator here whose output a new runtime may change.
/// </summary>
internal static class Shuffle
{
    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in the order that <paramref name="seed"/> gives.</summary>
    public static int[] Permutation(int count, ulong seed)
    {
        var permutation = new int[count];
        for (int i = 0; i < count; i++)
            permutation[i] = i;

        ulong state = seed;
        for (int last = count - 1; last > 0; last--)
        {
            // The high half of a 128-bit product maps 64 random bits to 0 … last; its bias is below last / 2⁶⁴.
            int chosen = (int)Math.BigMul(Next(ref state), (ulong)last + 1, out _);
            (permutation[last], permutation[chosen]) = (permutation[chosen], permutation[last]);
        }

        return permutation;
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
