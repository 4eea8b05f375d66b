using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Scopes;

[Collection(nameof(NativeMemory))]
public sealed class NativeMemoryTests
{
    [Fact]
    public void SecondOrderGradients_OverManyIterations_TakeNoMoreMemory()
    {
        long before = NativeMemory.CountSettledTensors();
        for (int i = 0; i < 50; i++) SecondOrderIteration();
        long settled = ResidentBytes();

        for (int i = 0; i < 300; i++) SecondOrderIteration();

        torch.Tensor.TotalCount.ShouldBe(before);
        // One iteration that leaked its graph would be some 0.5 MB, 300 of them far over the limit.
        (ResidentBytes() - settled).ShouldBeLessThan(40L << 20);
    }

    [Fact]
    public void Finalizer_FreesWhatNobodyDisposed()
    {
        long before = NativeMemory.CountSettledTensors();
        Forget(100);
        torch.Tensor.TotalCount.ShouldBeGreaterThan(before);

        NativeMemory.CountSettledTensors().ShouldBe(before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int count)
    {
        for (int i = 0; i < count; i++) torch.ones(16);
    }

    private static void SecondOrderIteration()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.ones([4, 8, 32, 32]);
        torch.Tensor weight = torch.ones([8, 8, 3, 3]).requires_grad_();
        torch.Tensor loss = functional.conv2d(x, weight).pow(2).mean();
        torch.Tensor gradient = torch.autograd.grad([loss], [weight], retain_graph: true, create_graph: true)[0];
        torch.Tensor outer = functional.conv2d(x, weight - (0.1 * gradient)).pow(2).mean();
        torch.autograd.grad([outer], [weight]);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Environment.WorkingSet;
    }
}
