using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// Collects losses and accuracies on the device and brings them to the host at once: a copy a step would wait for the
/// device each time.
/// </summary>
internal sealed class CurveRecorder(ILoss loss) : IDisposable
{
    private readonly List<torch.Tensor> _losses = [];
    private readonly List<torch.Tensor> _accuracies = [];

    /// <summary>Adds the next inner step.</summary>
    /// <param name="outputs">Outputs for the query set, [T, N, outputs].</param>
    /// <param name="labels">Labels of the query set.</param>
    /// <param name="losses">Losses of the query set, [T], where they are known already.</param>
    public void Add(torch.Tensor outputs, torch.Tensor labels, torch.Tensor? losses = null)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        torch.Tensor detached = outputs.detach();
        _losses.Add((losses?.detach() ?? loss.PerTask(detached, labels)).DetachFromDisposeScope());
        if (loss.Accuracy(detached, labels) is { } accuracy) _accuracies.Add(accuracy.DetachFromDisposeScope());
    }

    /// <summary>Everything added so far, one point for each call of <see cref="Add"/>.</summary>
    public AdaptationCurves ToCurves()
    {
        float[] values = ToHost(_losses);
        return new AdaptationCurves(values.Length / _losses.Count, _losses.Count, values, _accuracies.Count > 0 ? ToHost(_accuracies) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor tensor in _losses.Concat(_accuracies)) tensor.Dispose();
    }

    private static float[] ToHost(List<torch.Tensor> steps)
    {
        using torch.Tensor table = torch.stack(steps, 1);
        return HostCopy.ToArray(table);
    }
}
