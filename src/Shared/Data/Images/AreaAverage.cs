using System.Numerics.Tensors;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Shrinks a square picture by area average (a box filter): a target pixel is the mean of the source area that it covers, with
/// source pixels on its edge counted by the fraction covered. The arithmetic is in whole numbers, rounded once, so that every
/// machine gets the same bytes and a data set has one content hash.
/// </summary>
internal sealed class AreaAverage
{
    private readonly int sourceSide;
    private readonly int targetSide;
    private readonly int[] firsts;
    private readonly int[][] weights;

    /// <exception cref="ArgumentOutOfRangeException">The target is not between 1 pixel and the side of the source.</exception>
    public AreaAverage(int sourceSide, int targetSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceSide, targetSide);
        this.sourceSide = sourceSide;
        this.targetSide = targetSide;
        firsts = new int[targetSide];
        weights = new int[targetSide][];
        for (int target = 0; target < targetSide; target++)
            (firsts[target], weights[target]) = Cover(target);
    }

    /// <summary>Shrinks one picture of sourceSide² bytes into <paramref name="target"/>, targetSide² bytes.</summary>
    public void Shrink(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, sourceSide * sourceSide);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, targetSide * targetSide);
        long area = (long)sourceSide * sourceSide;
        var wide = new int[source.Length];
        TensorPrimitives.ConvertTruncating(source, wide.AsSpan());
        var columns = new int[sourceSide];
        for (int y = 0; y < targetSide; y++)
        {
            SumRows(wide, y, columns);
            for (int x = 0; x < targetSide; x++)
                target[(y * targetSide) + x] = (byte)((SumColumns(columns, x) + (area / 2)) / area);
        }
    }

    private void SumRows(ReadOnlySpan<int> source, int y, int[] columns)
    {
        Array.Clear(columns);
        for (int i = 0; i < weights[y].Length; i++)
        {
            ReadOnlySpan<int> row = source.Slice((firsts[y] + i) * sourceSide, sourceSide);
            TensorPrimitives.MultiplyAdd(row, weights[y][i], columns, columns);
        }
    }

    private long SumColumns(int[] columns, int x)
    {
        long sum = 0;
        for (int i = 0; i < weights[x].Length; i++)
            sum += (long)columns[firsts[x] + i] * weights[x][i];
        return sum;
    }

    // On a ruler with sourceSide × targetSide marks a source pixel is targetSide marks long and a target pixel sourceSide marks,
    // so every overlap is a whole number of marks.
    private (int First, int[] Weights) Cover(int target)
    {
        int start = target * sourceSide;
        int end = start + sourceSide;
        int first = start / targetSide;
        int last = (end - 1) / targetSide;
        var overlaps = new int[last - first + 1];
        for (int i = 0; i < overlaps.Length; i++)
        {
            int pixelStart = (first + i) * targetSide;
            overlaps[i] = Math.Min(end, pixelStart + targetSide) - Math.Max(start, pixelStart);
        }

        return (first, overlaps);
    }
}
