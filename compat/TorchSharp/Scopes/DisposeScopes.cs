namespace TorchSharp;

/// <summary>The scopes of the current thread, innermost first; no thread sees another's.</summary>
internal static class DisposeScopes
{
    [ThreadStatic]
    private static DisposeScope? t_innermost;

    public static DisposeScope? Current
    {
        get
        {
            // One that another thread disposed is still linked here.
            while (t_innermost is { IsDisposed: true }) t_innermost = t_innermost.Outer;
            return t_innermost;
        }
    }

    public static DisposeScope Enter() => t_innermost = new DisposeScope(Current);

    /// <summary>Unlinks a scope, also one that is not the innermost: the order of disposal is the caller's choice.</summary>
    public static void Leave(DisposeScope scope)
    {
        if (t_innermost == scope)
        {
            t_innermost = scope.Outer;
            return;
        }

        for (DisposeScope? inner = t_innermost; inner is not null; inner = inner.Outer)
        {
            if (inner.Outer != scope) continue;
            inner.Outer = scope.Outer;
            return;
        }
    }
}
