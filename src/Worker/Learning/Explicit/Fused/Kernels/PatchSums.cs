using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>Sums of products with the nine pixels of patches, and the plain sum, for a vector of channels: meant to live in registers.</summary>
internal unsafe struct PatchSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> _s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7, _s8, _total;

    /// <summary>Adds d times the patch whose first pixel is at <paramref name="patch"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> d, T* patch, int width)
    {
        T* second = patch + width, third = second + width;
        _s0 = Lanes<T>.MultiplyAdd(d, Vector512.Create(patch[0]), _s0);
        _s1 = Lanes<T>.MultiplyAdd(d, Vector512.Create(patch[1]), _s1);
        _s2 = Lanes<T>.MultiplyAdd(d, Vector512.Create(patch[2]), _s2);
        _s3 = Lanes<T>.MultiplyAdd(d, Vector512.Create(second[0]), _s3);
        _s4 = Lanes<T>.MultiplyAdd(d, Vector512.Create(second[1]), _s4);
        _s5 = Lanes<T>.MultiplyAdd(d, Vector512.Create(second[2]), _s5);
        _s6 = Lanes<T>.MultiplyAdd(d, Vector512.Create(third[0]), _s6);
        _s7 = Lanes<T>.MultiplyAdd(d, Vector512.Create(third[1]), _s7);
        _s8 = Lanes<T>.MultiplyAdd(d, Vector512.Create(third[2]), _s8);
        _total += d;
    }

    /// <summary>Adds the sums to ten rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(T* rows, int channels)
    {
        (Vector512.Load(rows) + _s0).Store(rows);
        (Vector512.Load(rows + channels) + _s1).Store(rows + channels);
        (Vector512.Load(rows + (2 * channels)) + _s2).Store(rows + (2 * channels));
        (Vector512.Load(rows + (3 * channels)) + _s3).Store(rows + (3 * channels));
        (Vector512.Load(rows + (4 * channels)) + _s4).Store(rows + (4 * channels));
        (Vector512.Load(rows + (5 * channels)) + _s5).Store(rows + (5 * channels));
        (Vector512.Load(rows + (6 * channels)) + _s6).Store(rows + (6 * channels));
        (Vector512.Load(rows + (7 * channels)) + _s7).Store(rows + (7 * channels));
        (Vector512.Load(rows + (8 * channels)) + _s8).Store(rows + (8 * channels));
        (Vector512.Load(rows + (9 * channels)) + _total).Store(rows + (9 * channels));
    }
}
