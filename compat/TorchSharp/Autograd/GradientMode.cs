using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of operations on or off on the current thread, and back when disposed.</summary>
internal sealed class GradientMode : IDisposable
{
    private readonly int _before = NativeMethods.maml_is_grad_enabled();
    private bool _restored;

    public GradientMode(bool enabled) => NativeMethods.maml_set_grad_enabled(NativeMethods.Flag(enabled));

    public void Dispose()
    {
        if (_restored) return;
        _restored = true;
        NativeMethods.maml_set_grad_enabled(_before);
    }
}
