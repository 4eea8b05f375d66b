using TorchSharp;

namespace Maml.Cluster.Worker.Tasks;

/// <summary>The support and query sets of a chunk's tasks on a device; the tensors belong to the caller's dispose scope.</summary>
/// <param name="SupportX">Support examples, [T, N, …features].</param>
/// <param name="SupportY">Support labels, [T, N] int64 class positions or [T, N, 1] numbers.</param>
/// <param name="QueryX">Query examples, [T, M, …features].</param>
/// <param name="QueryY">Query labels, [T, M] int64 class positions or [T, M, 1] numbers.</param>
internal sealed record TaskBatch(torch.Tensor SupportX, torch.Tensor SupportY, torch.Tensor QueryX, torch.Tensor QueryY)
{
    /// <summary>Number of tasks T.</summary>
    public long Count => SupportX.shape[0];

    /// <summary>Some of the tasks; views of the same memory, in the dispose scope at hand.</summary>
    public TaskBatch Slice(long first, long count) => new(
        SupportX.narrow(0, first, count), SupportY.narrow(0, first, count), QueryX.narrow(0, first, count), QueryY.narrow(0, first, count));

    /// <summary>Copies examples to a device.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="device">Where to.</param>
    /// <param name="precision">Type of the examples and of labels that are numbers.</param>
    public static TaskBatch From(TaskExamples examples, torch.Device device, torch.ScalarType precision)
    {
        torch.ScalarType labels = examples.LabelsAreClasses ? torch.int64 : precision;
        return new TaskBatch(
            Copy(examples.SupportX, device, precision),
            Copy(examples.SupportY, device, labels),
            Copy(examples.QueryX, device, precision),
            Copy(examples.QueryY, device, labels));
    }

    private static torch.Tensor Copy(HostTensor tensor, torch.Device device, torch.ScalarType type)
    {
        torch.Tensor host = torch.tensor(tensor.Values, [.. tensor.Shape], torch.float32);
        if (device.type == DeviceType.CPU && type == torch.float32) return host;
        using (host) return host.to(type, device, copy: true);
    }
}
