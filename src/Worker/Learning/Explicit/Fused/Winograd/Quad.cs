using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>
/// Four vectors that live in registers: the row of a tile, or of a matrix product. The transforms of a row are those of F(2, 3) in
/// Lavin and Gray 2016, section 4.1; those of the rows themselves are written with the operators.
/// </summary>
internal readonly unsafe struct Quad<T>(Vector512<T> v0, Vector512<T> v1, Vector512<T> v2, Vector512<T> v3)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _v0 = v0, _v1 = v1, _v2 = v2, _v3 = v3;

    private static Vector512<T> Half => Vector512.Create(T.CreateTruncating(0.5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> operator +(Quad<T> a, Quad<T> b) => new(a._v0 + b._v0, a._v1 + b._v1, a._v2 + b._v2, a._v3 + b._v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> operator -(Quad<T> a, Quad<T> b) => new(a._v0 - b._v0, a._v1 - b._v1, a._v2 - b._v2, a._v3 - b._v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> operator -(Quad<T> a) => new(-a._v0, -a._v1, -a._v2, -a._v3);

    /// <summary>Four vectors, each a stride after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> Load(T* at, nint stride) =>
        new(Vector512.Load(at), Vector512.Load(at + stride), Vector512.Load(at + (2 * stride)), Vector512.Load(at + (3 * stride)));

    /// <summary>Bᵀ of four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> OfPixels(T** pixels, int channel)
    {
        Vector512<T> a = Vector512.Load(pixels[0] + channel), b = Vector512.Load(pixels[1] + channel);
        Vector512<T> c = Vector512.Load(pixels[2] + channel), d = Vector512.Load(pixels[3] + channel);
        return new(a - c, b + c, c - b, b - d);
    }

    /// <summary>A of two output pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> OfOutputs(T** pixels, int channel)
    {
        Vector512<T> left = Vector512.Load(pixels[0] + channel), right = Vector512.Load(pixels[1] + channel);
        return new(left, left + right, left - right, -right);
    }

    /// <summary>G of three weights, each a stride after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<T> OfWeights(T* weights, nint stride)
    {
        Vector512<T> first = Vector512.Load(weights), last = Vector512.Load(weights + (2 * stride));
        Vector512<T> middle = Half * Vector512.Load(weights + stride), outer = Half * (first + last);
        return new(first, outer + middle, outer - middle, last);
    }

    /// <summary>Half of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad<T> Halve() => new(Half * _v0, Half * _v1, Half * _v2, Half * _v3);

    /// <summary>Each plus a factor times another's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad<T> AddProduct(T factor, Quad<T> other)
    {
        Vector512<T> f = Vector512.Create(factor);
        return new(
            Lanes<T>.MultiplyAdd(f, other._v0, _v0), Lanes<T>.MultiplyAdd(f, other._v1, _v1),
            Lanes<T>.MultiplyAdd(f, other._v2, _v2), Lanes<T>.MultiplyAdd(f, other._v3, _v3));
    }

    /// <summary>Each plus a factor of its own times one vector.</summary>
    /// <param name="factors">The first factor.</param>
    /// <param name="stride">From one to the next.</param>
    /// <param name="vector">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad<T> AddProducts(T* factors, nint stride, Vector512<T> vector)
    {
        T* third = factors + (2 * stride);
        return new(
            Lanes<T>.MultiplyAdd(Vector512.Create(*factors), vector, _v0), Lanes<T>.MultiplyAdd(Vector512.Create(factors[stride]), vector, _v1),
            Lanes<T>.MultiplyAdd(Vector512.Create(*third), vector, _v2), Lanes<T>.MultiplyAdd(Vector512.Create(third[stride]), vector, _v3));
    }

    /// <summary>Stores the four, each a stride after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* at, nint stride)
    {
        _v0.Store(at);
        _v1.Store(at + stride);
        _v2.Store(at + (2 * stride));
        _v3.Store(at + (3 * stride));
    }

    /// <summary>Adds B of the four to pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddToPixels(T** pixels, int channel)
    {
        (Vector512.Load(pixels[0] + channel) + _v0).Store(pixels[0] + channel);
        (Vector512.Load(pixels[1] + channel) + (_v1 - _v2 + _v3)).Store(pixels[1] + channel);
        (Vector512.Load(pixels[2] + channel) + (_v1 + _v2 - _v0)).Store(pixels[2] + channel);
        (Vector512.Load(pixels[3] + channel) - _v3).Store(pixels[3] + channel);
    }

    /// <summary>Stores Aᵀ of the four as two output pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreOutputs(T** pixels, int channel)
    {
        (_v0 + _v1 + _v2).Store(pixels[0] + channel);
        (_v1 - _v2 - _v3).Store(pixels[1] + channel);
    }

    /// <summary>Stores Gᵀ of the four as three weights, each a stride after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreWeights(T* weights, nint stride)
    {
        Vector512<T> sum = Half * (_v1 + _v2);
        (_v0 + sum).Store(weights);
        (Half * (_v1 - _v2)).Store(weights + stride);
        (sum + _v3).Store(weights + (2 * stride));
    }
}
