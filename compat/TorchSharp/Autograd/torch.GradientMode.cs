using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Nothing computed on this thread is recorded for differentiation until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => NativeMethods.maml_is_grad_enabled() != 0;
}
