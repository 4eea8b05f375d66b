using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Scopes;

/// <summary>Tests that count the tensors of the whole process, and so must run while no other test makes any.</summary>
[CollectionDefinition(nameof(NativeMemory), DisableParallelization = true)]
public sealed class NativeMemory
{
    /// <summary>How many tensors there are once all those that other tests left behind have been finalized.</summary>
    public static long CountSettledTensors()
    {
        long before;
        do
        {
            before = torch.Tensor.TotalCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        while (torch.Tensor.TotalCount < before);

        return before;
    }
}
