using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Copies tensors to the host.</summary>
internal static class HostCopy
{
    /// <summary>All elements as float32, row by row, in one copy; waits for the device.</summary>
    public static float[] ToArray(torch.Tensor tensor)
    {
        using torch.Tensor single = tensor.detach().to_type(torch.float32).cpu().contiguous();
        return single.data<float>().ToArray();
    }
}
