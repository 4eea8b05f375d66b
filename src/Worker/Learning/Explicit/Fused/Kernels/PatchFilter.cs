using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Filters of a vector of channels, for the nine pixels of a patch and what is added: meant to live in registers.</summary>
internal readonly unsafe struct PatchFilter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _f0, _f1, _f2, _f3, _f4, _f5, _f6, _f7, _f8, _added;

    /// <summary>Loads ten rows.</summary>
    /// <param name="rows">The first row at the vector's first channel.</param>
    /// <param name="channels">From one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PatchFilter(T* rows, int channels)
    {
        _f0 = Vector512.Load(rows);
        _f1 = Vector512.Load(rows + channels);
        _f2 = Vector512.Load(rows + (2 * channels));
        _f3 = Vector512.Load(rows + (3 * channels));
        _f4 = Vector512.Load(rows + (4 * channels));
        _f5 = Vector512.Load(rows + (5 * channels));
        _f6 = Vector512.Load(rows + (6 * channels));
        _f7 = Vector512.Load(rows + (7 * channels));
        _f8 = Vector512.Load(rows + (8 * channels));
        _added = Vector512.Load(rows + (9 * channels));
    }

    /// <summary>What the filters give for the patch whose first pixel is at <paramref name="patch"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(T* patch, int width)
    {
        T* second = patch + width, third = second + width;
        Vector512<T> sum = Lanes<T>.MultiplyAdd(_f0, Vector512.Create(patch[0]), _added);
        sum = Lanes<T>.MultiplyAdd(_f1, Vector512.Create(patch[1]), sum);
        sum = Lanes<T>.MultiplyAdd(_f2, Vector512.Create(patch[2]), sum);
        sum = Lanes<T>.MultiplyAdd(_f3, Vector512.Create(second[0]), sum);
        sum = Lanes<T>.MultiplyAdd(_f4, Vector512.Create(second[1]), sum);
        sum = Lanes<T>.MultiplyAdd(_f5, Vector512.Create(second[2]), sum);
        sum = Lanes<T>.MultiplyAdd(_f6, Vector512.Create(third[0]), sum);
        sum = Lanes<T>.MultiplyAdd(_f7, Vector512.Create(third[1]), sum);
        return Lanes<T>.MultiplyAdd(_f8, Vector512.Create(third[2]), sum);
    }
}
