using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Copies tensors to the host.</summary>
internal static class HostCopy
{
    /// <summary>Copies all elements as float32, row by row; waits for the device.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="destination">Receives the elements; as long as the tensor.</param>
    public static void CopyTo(torch.Tensor tensor, float[] destination)
    {
        using torch.Tensor single = tensor.detach().to_type(torch.float32).cpu().contiguous();
        single.data<float>().CopyTo(destination);
    }

    /// <summary>All elements as float32, row by row, in one copy; waits for the device.</summary>
    public static float[] ToArray(torch.Tensor tensor)
    {
        using torch.Tensor single = tensor.detach().to_type(torch.float32).cpu().contiguous();
        return single.data<float>().ToArray();
    }
}
