using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Activations;

/// <summary>
/// Max-pooling of one set of activations as tensor operations, for any device. Which pixel of a window is the largest is found once;
/// from then on pooling is linear, picks those pixels, and its adjoint puts them back. Windows do not overlap, so that nothing is ever
/// added up, and the result is the same bit for bit on every try. Tensors are rows, [T, N·H·W, C].
/// </summary>
/// <param name="shape">Shape of what is pooled without channels, [T, N, H, W].</param>
/// <param name="window">Height and width of a window, and the step from one to the next: 1, no pooling, or 2.</param>
internal sealed class TensorPooling(long[] shape, int window)
{
    private Tensor? _positions;

    /// <summary>Shape of what comes out, [T, N, H′, W′]. A row or column of pixels that does not fill a window is in none.</summary>
    public long[] PooledShape { get; } = [shape[0], shape[1], shape[2] / window, shape[3] / window];

    private long Images => shape[0] * shape[1];

    /// <summary>The largest of each window. It is PyTorch's own choice: the first of equals, and what is not a number before all else.</summary>
    public Tensor Largest(Tensor rows)
    {
        if (window == 1) return rows;
        Tensor planes = rows.view(Images, shape[2], shape[3], -1).permute(0, 3, 1, 2);
        (Tensor largest, Tensor positions) = nn.functional.max_pool2d_with_indices(planes, [window, window]);
        _positions = ToRows(positions);
        return ToRows(largest).view(shape[0], -1, rows.shape[^1]);
    }

    /// <summary>The pixels that were the largest.</summary>
    public Tensor Pick(Tensor rows) => _positions is null ? rows : PerImage(rows).gather(1, _positions).view(shape[0], -1, rows.shape[^1]);

    /// <summary>The adjoint of <see cref="Pick"/>: every number where its pixel was, and zeros around.</summary>
    public Tensor Spread(Tensor pooled)
    {
        if (_positions is null) return pooled;
        Tensor images = pooled.new_empty([Images, shape[2] * shape[3], pooled.shape[^1]]).zero_();
        return images.scatter_(1, _positions, PerImage(pooled)).view(shape[0], -1, pooled.shape[^1]);
    }

    /// <summary>Hands what it remembers to the dispose scope around <paramref name="scope"/>.</summary>
    public void Keep(DisposeScope scope)
    {
        if (_positions is not null) scope.MoveToOuter(_positions);
    }

    private Tensor PerImage(Tensor rows) => rows.view(Images, -1, rows.shape[^1]);

    private Tensor ToRows(Tensor planes) => planes.permute(0, 2, 3, 1).reshape(Images, -1, planes.shape[1]);
}
