namespace TorchSharp;

/// <summary>
/// Owns what is made on its thread while it is the innermost scope, and disposes it when it is disposed itself. Not safe
/// for use by several threads at once.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    public int DisposablesCount => _owned.Count;

    public IReadOnlyList<IDisposable> DisposablesView => _owned.ToArray();

    /// <summary>The scope that takes over when this one ends.</summary>
    internal DisposeScope? Outer { get; set; }

    internal bool IsDisposed { get; private set; }

    public bool Contains(IDisposable disposable) => SlotOf(disposable) >= 0;

    public void Attach(IDisposable disposable)
    {
        if (Contains(disposable)) return;
        if (disposable is torch.Tensor tensor) tensor.OwningScope?.Forget(tensor);
        Include(disposable);
    }

    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes what the scope owns, but for some that it goes on owning.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        IDisposable[] owned = [.. _owned];
        _owned.Clear();
        foreach (IDisposable disposable in owned)
        {
            if (disposable is torch.Tensor tensor) tensor.OwningScope = null;
            if (keep.Contains(disposable)) Include(disposable);
            else disposable.Dispose();
        }
    }

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        foreach (IDisposable disposable in _owned)
        {
            // Without an owner it need not look itself up here, one by one.
            if (disposable is torch.Tensor tensor) tensor.OwningScope = null;
            disposable.Dispose();
        }

        _owned.Clear();
        DisposeScopes.Leave(this);
    }

    internal void Include(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningScope = this;
            tensor.ScopeSlot = _owned.Count;
        }

        _owned.Add(disposable);
    }

    /// <summary>Gives up owning something; the last one takes its slot, so that this takes the same time in a full scope.</summary>
    internal bool Forget(IDisposable disposable)
    {
        int slot = SlotOf(disposable);
        if (slot < 0) return false;
        IDisposable last = _owned[^1];
        _owned[slot] = last;
        if (last is torch.Tensor moved) moved.ScopeSlot = slot;
        _owned.RemoveAt(_owned.Count - 1);
        if (disposable is torch.Tensor tensor) tensor.OwningScope = null;
        return true;
    }

    private int SlotOf(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) return _owned.IndexOf(disposable);
        return tensor.OwningScope == this ? tensor.ScopeSlot : -1;
    }
}
