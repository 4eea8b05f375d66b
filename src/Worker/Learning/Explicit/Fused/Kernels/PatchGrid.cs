namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>One task's padded images of one channel, [N, H, W], the 3×3 patches of them, and the windows of patches that are pooled.</summary>
/// <param name="Examples">N.</param>
/// <param name="Height">H, border included.</param>
/// <param name="Width">W, border included.</param>
/// <param name="Stride">From one patch to the next.</param>
/// <param name="Window">Height and width of a window in patches: 1, no pooling, or 2.</param>
internal readonly record struct PatchGrid(int Examples, int Height, int Width, int Stride, int Window)
{
    /// <summary>Rows of patches in an image.</summary>
    public int PatchesDown => ((Height - 3) / Stride) + 1;

    /// <summary>Columns of patches in an image.</summary>
    public int PatchesAcross => ((Width - 3) / Stride) + 1;

    /// <summary>Patches of all images.</summary>
    public int Patches => Examples * PatchesDown * PatchesAcross;

    /// <summary>Rows of windows.</summary>
    public int Down => PatchesDown / Window;

    /// <summary>Columns of windows.</summary>
    public int Across => PatchesAcross / Window;

    /// <summary>Pixels of all images, borders included.</summary>
    public int Pixels => Examples * Height * Width;

    /// <summary>The first pixel of the first patch of the first window in a row of windows.</summary>
    public nint RowOfWindows(int example, int down) => (((nint)example * Height) + (down * Window * Stride)) * Width;

    /// <summary>From a window's first pixel to that of its right neighbour.</summary>
    public int NextWindow => Window * Stride;
}
