using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, in row-major order whatever their order in memory is.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        tensor.DataPointer();
        _tensor = tensor;
        Count = tensor.numel();
    }

    public long Count { get; }

    public T[] ToArray()
    {
        T[] result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies as many elements as <paramref name="array"/> has room for from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensorIndex, Count);
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_tensor.is_contiguous())
        {
            new ReadOnlySpan<T>((T*)_tensor.DataPointer() + tensorIndex, count).CopyTo(target);
            GC.KeepAlive(_tensor);
            return;
        }

        using torch.Tensor ordered = _tensor.contiguous();
        new ReadOnlySpan<T>((T*)ordered.DataPointer() + tensorIndex, count).CopyTo(target);
        GC.KeepAlive(ordered);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Overwrites the tensor's elements; it must lie in one piece in memory.</summary>
    /// <exception cref="ArgumentException">There are more values than elements from <paramref name="tensorIndex"/> on.</exception>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        array[arrayIndex..].CopyTo(MemoryMarshal.Cast<byte, T>(_tensor.bytes)[(int)tensorIndex..]);
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing: the memory is the tensor's.</summary>
    public void Dispose()
    {
    }
}
