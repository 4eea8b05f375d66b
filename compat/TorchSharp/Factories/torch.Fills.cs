using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        FactoryArguments.RefuseNames(names);
        var options = new NativeOptions(dtype ?? value.Type, device, requires_grad);
        return Tensor.Result(maml_full(size, size.Length, value.Value, options));
    }

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        full(size.AsSpan(), value, dtype, device, requires_grad, names);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        FactoryArguments.RefuseNames(names);
        return Tensor.Result(maml_full_like(input.Handle, value.Value, new NativeOptions(dtype, device, requires_grad)), input);
    }

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from <paramref name="start"/> on, below <paramref name="stop"/>; int64 where all three are integers.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Result(maml_arange(start.Value, stop.Value, step.Value, new NativeOptions(dtype, device, requires_grad)));

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        FactoryArguments.RefuseNames(names);
        var options = new NativeOptions(dtype, device, requires_grad);
        return Tensor.Result(maml_eye(rows, columns < 0 ? rows : columns, options));
    }
}
