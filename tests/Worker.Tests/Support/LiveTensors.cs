using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Counts tensors that have not been freed.</summary>
internal static class LiveTensors
{
    /// <summary>How many more there are after an action, were the collector not to come by.</summary>
    public static long AddedBy(Action action)
    {
        // What earlier tests left to the collector would otherwise be freed, and counted, meanwhile.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        action();
        return torch.Tensor.TotalCount - before;
    }
}
