namespace Maml.Cluster.Worker.Tasks;

/// <summary>Brings square images to [0, 1], turned.</summary>
internal static class ImageRotation
{
    // A division for each pixel of each image of each task would be the most expensive part of drawing a chunk.
    private static readonly float[] Intensities = [.. Enumerable.Range(0, 256).Select(ink => ink / 255f)];

    /// <summary>Turns an image counter-clockwise, as <c>numpy.rot90</c> does.</summary>
    /// <param name="image">Ink from 0 to 255, row by row; square.</param>
    /// <param name="side">Height and width.</param>
    /// <param name="quarterTurns">Quarter turns counter-clockwise; taken modulo 4.</param>
    /// <param name="destination">Receives ink from 0 to 1, row by row.</param>
    public static void Rotate(ReadOnlySpan<byte> image, int side, int quarterTurns, Span<float> destination)
    {
        // Each turn's source position is start + row · perRow + column · perColumn.
        (int start, int perRow, int perColumn) = (quarterTurns & 3) switch
        {
            0 => (0, side, 1),
            1 => (side - 1, -1, side),
            2 => ((side * side) - 1, -side, -1),
            _ => ((side - 1) * side, 1, -side),
        };
        int target = 0;
        for (int row = 0; row < side; row++)
        {
            int source = start + (row * perRow);
            for (int column = 0; column < side; column++, source += perColumn) destination[target++] = Intensities[image[source]];
        }
    }
}
