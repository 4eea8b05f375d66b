using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Takes in the tensors of a native call that makes several, since only the call knows how many.</summary>
internal sealed unsafe class TensorParts : IDisposable
{
    private readonly List<nint> _handles = [];
    private readonly GCHandle _self;

    public TensorParts() => _self = GCHandle.Alloc(this);

    /// <summary>What the native call gets as the function to hand each tensor to.</summary>
    public static delegate* unmanaged<nint, nint, void> Take => &OnPart;

    /// <summary>What the native call gets to hand back to <see cref="Take"/>.</summary>
    public nint Context => GCHandle.ToIntPtr(_self);

    public torch.Tensor[] ToArray() => [.. _handles.Select(handle => new torch.Tensor(handle))];

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly]
    private static void OnPart(nint context, nint part) => ((TensorParts)GCHandle.FromIntPtr(context).Target!)._handles.Add(part);
}
