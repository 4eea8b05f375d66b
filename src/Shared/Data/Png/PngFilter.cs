namespace Maml.Cluster.Shared.Data;

/// <summary>Undoes the prediction that a row was stored with (PNG specification, section 9).</summary>
internal static class PngFilter
{
    /// <summary>The highest filter type.</summary>
    public const byte Last = 4;

    /// <summary>Restores <paramref name="row"/> in place from the restored row above, all zeros for the first.</summary>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter == 0)
            return;

        for (int i = 0; i < row.Length; i++)
        {
            int left = i < distance ? 0 : row[i - distance];
            int aboveLeft = i < distance ? 0 : above[i - distance];
            int prediction = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], aboveLeft),
            };
            row[i] = (byte)(row[i] + prediction);
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        int estimate = left + above - aboveLeft;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toAboveLeft = Math.Abs(estimate - aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
            return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
