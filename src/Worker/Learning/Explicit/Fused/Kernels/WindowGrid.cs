namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>One task's images before pooling, [N, H, W, C], and the windows that they are pooled by.</summary>
/// <param name="Examples">N.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="Channels">C.</param>
/// <param name="Window">Height and width of a window, and the step from one to the next: 1, no pooling, or 2.</param>
internal readonly record struct WindowGrid(int Examples, int Height, int Width, int Channels, int Window)
{
    /// <summary>Pixels before pooling.</summary>
    public int Pixels => Examples * Height * Width;

    /// <summary>Rows of windows. A row of pixels that does not fill a window is in none.</summary>
    public int Down => Height / Window;

    /// <summary>Columns of windows.</summary>
    public int Across => Width / Window;

    /// <summary>Windows.</summary>
    public int Windows => Examples * Down * Across;

    /// <summary>Where the first pixel of a window is.</summary>
    public nint Corner(int example, int down, int across) =>
        ((((nint)example * Height) + (down * Window)) * Width + (across * Window)) * Channels;

    /// <summary>From a pixel to the one below.</summary>
    public int RowStride => Width * Channels;
}
