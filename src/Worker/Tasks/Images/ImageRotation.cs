using System.Numerics.Tensors;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>Brings square images to [0, 1], turned.</summary>
internal static class ImageRotation
{
    private const int LargestOnStack = 4096;

    /// <summary>Turns an image counter-clockwise, as <c>numpy.rot90</c> does.</summary>
    /// <param name="image">Ink from 0 to 255, row by row; square.</param>
    /// <param name="side">Height and width.</param>
    /// <param name="quarterTurns">Quarter turns counter-clockwise; taken modulo 4.</param>
    /// <param name="destination">Receives ink from 0 to 1, row by row.</param>
    public static void Rotate(ReadOnlySpan<byte> image, int side, int quarterTurns, Span<float> destination)
    {
        // Turned as bytes and made numbers afterwards: all at once then, and a quarter of the memory is moved about.
        Span<byte> turned = image.Length <= LargestOnStack ? stackalloc byte[image.Length] : new byte[image.Length];
        switch (quarterTurns & 3)
        {
            case 0:
                image.CopyTo(turned);
                break;
            case 1:
                Transpose(image, side, start: side - 1, perRow: -1, perColumn: side, turned);
                break;
            case 2:
                image.CopyTo(turned);
                turned.Reverse();
                break;
            default:
                Transpose(image, side, start: (side - 1) * side, perRow: 1, perColumn: -side, turned);
                break;
        }

        TensorPrimitives.ConvertTruncating<byte, float>(turned, destination);
        TensorPrimitives.Divide(destination, 255f, destination);
    }

    // The source of each pixel is start + row · perRow + column · perColumn.
    private static void Transpose(ReadOnlySpan<byte> image, int side, int start, int perRow, int perColumn, Span<byte> destination)
    {
        int target = 0;
        for (int row = 0; row < side; row++)
        {
            int source = start + (row * perRow);
            for (int column = 0; column < side; column++, source += perColumn) destination[target++] = image[source];
        }
    }
}
