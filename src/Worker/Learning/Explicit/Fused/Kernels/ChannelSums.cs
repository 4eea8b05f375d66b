using System.Numerics;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Sums over the pixels of each channel.</summary>
internal static unsafe class ChannelSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums of sums: the error grows with the length of a stretch and their number, not with their product.
    private const int PixelsOfAStretch = 64;

    /// <summary>Sums a term over pixels.</summary>
    /// <param name="term">What is summed.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="channels">Number of channels, a multiple of the vector's length.</param>
    /// <param name="sums">The sums; overwritten.</param>
    public static void Over<TTerm>(TTerm term, int pixels, int channels, T* sums)
        where TTerm : struct, IChannelTerm<T>
    {
        T* stretch = stackalloc T[channels];
        new Span<T>(sums, channels).Clear();
        for (int first = 0; first < pixels; first += PixelsOfAStretch)
        {
            new Span<T>(stretch, channels).Clear();
            int end = Math.Min(first + PixelsOfAStretch, pixels), pixel = first;
            for (; pixel + 3 < end; pixel += 4)
            {
                nint at = (nint)pixel * channels;
                for (int c = 0; c < channels; c += Lanes<T>.Count)
                {
                    Vector512<T> sum = term.At(at + c, c) + term.At(at + channels + c, c)
                        + (term.At(at + (2 * channels) + c, c) + term.At(at + (3 * channels) + c, c));
                    (Vector512.Load(stretch + c) + sum).Store(stretch + c);
                }
            }

            for (; pixel < end; pixel++)
            {
                nint at = (nint)pixel * channels;
                for (int c = 0; c < channels; c += Lanes<T>.Count) (Vector512.Load(stretch + c) + term.At(at + c, c)).Store(stretch + c);
            }

            for (int c = 0; c < channels; c += Lanes<T>.Count) (Vector512.Load(sums + c) + Vector512.Load(stretch + c)).Store(sums + c);
        }
    }
}
