using System.Diagnostics;
using Maml.Cluster.Worker.Devices;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Devices;

public sealed class MatrixKernelsTests
{
    [Theory]
    [InlineData(true, true, "SkylakeX")]
    [InlineData(false, true, "Haswell")]
    [InlineData(false, false, null)]
    public void NameFor_Instructions_NamesTheWidestKernels(bool hasAvx512, bool hasAvx2, string? expected) =>
        MatrixKernels.NameFor(hasAvx512, hasAvx2).ShouldBe(expected);

    [Fact]
    public async Task StartAsync_AnyProcessor_MultipliesWithVectorKernels()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", threads: 1);
        double rate = await device.RunAsync(_ => BestRate(), CancellationToken.None);

        // Kernels of 16 bytes do 8 operations a cycle at the very most; the 4 GHz are generous.
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported) rate.ShouldBeGreaterThan(36e9);
    }

    // The best of many short stretches, of which one at least is not disturbed on a busy machine.
    private static double BestRate()
    {
        const int Side = 384;
        using torch.Tensor a = torch.ones(Side, Side), b = torch.ones(Side, Side);
        double best = 0;
        for (int i = 0; i < 200; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using torch.Tensor product = a.mm(b);
            best = Math.Max(best, 2.0 * Side * Side * Side / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
