namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>All rows of all 3×3 patches of images, [T, N, H, W, C], with padding 1, in the order in which the matrix holds them.</summary>
internal ref struct PatchStretches
{
    private readonly int _images, _height, _width, _channels, _stride, _down, _across;
    private int _image, _y, _x, _row, _next;

    /// <summary>Begins before the first.</summary>
    public PatchStretches(long[] shape, int stride)
    {
        _images = checked((int)(shape[0] * shape[1]));
        (_height, _width, _channels, _stride) = ((int)shape[2], (int)shape[3], (int)shape[4], stride);
        (_down, _across) = (((_height - 1) / stride) + 1, ((_width - 1) / stride) + 1);
        _row = -1;
    }

    /// <summary>The row at hand.</summary>
    public PatchStretch Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly PatchStretches GetEnumerator() => this;

    /// <summary>Goes on to the next.</summary>
    public bool MoveNext()
    {
        if (++_row == 3) NextPatch();
        if (_image == _images) return false;
        int inRow = _next, y = (_y * _stride) + _row - 1, left = (_x * _stride) - 1;
        _next += 3 * _channels;
        if (y < 0 || y >= _height)
        {
            Current = new PatchStretch(inRow, 0, 3 * _channels, 0, 0);
            return true;
        }

        int from = Math.Max(left, 0), to = Math.Min(left + 3, _width);
        Current = new PatchStretch(
            inRow,
            ((((_image * _height) + y) * _width) + from) * _channels,
            (from - left) * _channels,
            (to - from) * _channels,
            (left + 3 - to) * _channels);
        return true;
    }

    private void NextPatch()
    {
        _row = 0;
        if (++_x < _across) return;
        _x = 0;
        if (++_y < _down) return;
        _y = 0;
        _image++;
    }
}
