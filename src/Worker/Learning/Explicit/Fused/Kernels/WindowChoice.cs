using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>
/// Which pixel of a window the largest activation came from: 0…3 row by row, or <see cref="None"/> where all were cut off by ReLU.
/// Kept as numbers of the type that is computed with, so that they fill vectors of the same length.
/// </summary>
internal static unsafe class WindowChoice<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>No pixel: the activation is zero, and so is its derivative.</summary>
    public static readonly T None = T.NegativeOne;

    /// <summary>The largest of a window's values, and where it is; the first of equals, as PyTorch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Largest(Vector512<T> first, Vector512<T> second, Vector512<T> third, Vector512<T> fourth, out Vector512<T> choice)
    {
        Vector512<T> largest = first;
        choice = Vector512<T>.Zero;
        Take(second, T.One, ref largest, ref choice);
        Take(third, T.CreateTruncating(2), ref largest, ref choice);
        Take(fourth, T.CreateTruncating(3), ref largest, ref choice);
        return largest;
    }

    /// <summary>ReLU: zero, and nothing chosen, where a value is not positive. What is not a number stays so, and is seen in the loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Rectify(Vector512<T> value, ref Vector512<T> choice)
    {
        Vector512<T> isCutOff = Vector512.LessThanOrEqual(value, Vector512<T>.Zero);
        choice = Vector512.ConditionalSelect(isCutOff, Vector512.Create(None), choice);
        return Vector512.ConditionalSelect(isCutOff, Vector512<T>.Zero, value);
    }

    /// <summary>The value at the chosen pixel of the window at <paramref name="corner"/>; any of them where none is chosen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Pick(T* corner, in WindowGrid grid, Vector512<T> choice)
    {
        Vector512<T> value = Vector512.Load(corner);
        if (grid.Window == 1) return value;
        T* below = corner + grid.RowStride;
        value = Vector512.ConditionalSelect(Is(choice, 1), Vector512.Load(corner + grid.Channels), value);
        value = Vector512.ConditionalSelect(Is(choice, 2), Vector512.Load(below), value);
        return Vector512.ConditionalSelect(Is(choice, 3), Vector512.Load(below + grid.Channels), value);
    }

    /// <summary>Ones all over where a pixel is the chosen one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Is(Vector512<T> choice, int pixel) => Vector512.Equals(choice, Vector512.Create(T.CreateTruncating(pixel)));

    /// <summary>Zero where no pixel is chosen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(Vector512<T> value, Vector512<T> choice) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(choice, Vector512<T>.Zero), value, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector512<T> value, T pixel, ref Vector512<T> largest, ref Vector512<T> choice)
    {
        Vector512<T> isLarger = Vector512.GreaterThan(value, largest);
        largest = Vector512.ConditionalSelect(isLarger, value, largest);
        choice = Vector512.ConditionalSelect(isLarger, Vector512.Create(pixel), choice);
    }
}
