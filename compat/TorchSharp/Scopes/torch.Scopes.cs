namespace TorchSharp;

public static partial class torch
{
    /// <summary>The innermost scope of this thread; null outside all scopes.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopes.Current;

    /// <summary>Starts a scope: tensors made on this thread until it is disposed are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopes.Enter();

    /// <summary>Runs <paramref name="expr"/> in a scope of its own, which only its result outlives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
