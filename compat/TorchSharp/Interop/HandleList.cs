namespace TorchSharp.Interop;

/// <summary>The handles of several tensors in one piece of memory, as native calls that take many want them.</summary>
internal readonly ref struct HandleList
{
    /// <summary>How many handles are worth keeping on the stack.</summary>
    public const int UsualCount = 64;

    private readonly Span<nint> _handles;

    private HandleList(Span<nint> handles) => _handles = handles;

    public int Length => _handles.Length;

    /// <param name="tensors">The tensors; a null one becomes an undefined tensor.</param>
    /// <param name="stack">Memory to use when it is large enough.</param>
    public static HandleList Of(IList<torch.Tensor>? tensors, Span<nint> stack)
    {
        int count = tensors?.Count ?? 0;
        Span<nint> handles = count <= stack.Length ? stack[..count] : new nint[count];
        for (int i = 0; i < count; i++) handles[i] = torch.Tensor.HandleOf(tensors![i]);
        return new HandleList(handles);
    }

    public ref nint GetPinnableReference() => ref _handles.GetPinnableReference();

    /// <summary>Keeps the tensors from being finalized before a native call that only knows their handles is over.</summary>
    public static void KeepAlive(IList<torch.Tensor>? tensors)
    {
        for (int i = 0; i < tensors?.Count; i++) GC.KeepAlive(tensors[i]);
    }
}
