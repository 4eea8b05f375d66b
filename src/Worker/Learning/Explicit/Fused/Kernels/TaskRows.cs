using System.Numerics;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>A tensor's memory task by task; a tensor that all tasks share is every task's.</summary>
internal readonly unsafe struct TaskRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _first;
    private readonly nint _stride;

    /// <summary>Looks at a tensor in one piece, which must outlive this.</summary>
    /// <param name="tensor">[T, …], or what all tasks share.</param>
    /// <param name="isShared">Whether all tasks share it.</param>
    public TaskRows(Tensor tensor, bool isShared = false)
    {
        _first = Lanes<T>.Of(tensor);
        _stride = isShared ? 0 : (nint)(tensor.numel() / tensor.shape[0]);
    }

    /// <summary>One task's.</summary>
    public T* this[int task] => _first + (task * _stride);
}
