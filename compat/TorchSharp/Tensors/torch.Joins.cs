using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        HandleList handles = HandleList.Of(tensors, stackalloc nint[HandleList.UsualCount]);
        nint result;
        fixed (nint* first = handles) result = maml_cat(first, handles.Length, dim);
        HandleList.KeepAlive(tensors);
        return Tensor.Result(result);
    }

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        IList<Tensor> all = tensors as IList<Tensor> ?? [.. tensors];
        HandleList handles = HandleList.Of(all, stackalloc nint[HandleList.UsualCount]);
        nint result;
        fixed (nint* first = handles) result = maml_stack(first, handles.Length, dim);
        HandleList.KeepAlive(all);
        return Tensor.Result(result);
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        HandleList handles = HandleList.Of(tensors, stackalloc nint[HandleList.UsualCount]);
        nint result;
        fixed (byte* text = System.Text.Encoding.UTF8.GetBytes(equation + '\0'))
        fixed (nint* first = handles) result = maml_einsum(text, first, handles.Length);
        HandleList.KeepAlive(tensors);
        return Tensor.Result(result);
    }
}
