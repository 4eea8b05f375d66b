using System.Globalization;
using System.Runtime.InteropServices;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

/// <summary>How much memory a meta-gradient takes at its most, as the system counts it.</summary>
public sealed partial class SecondOrderMemoryTests
{
    // As a worker does; otherwise what is freed between the weights that stay is counted as well.
    public SecondOrderMemoryTests() => HostMemory.KeepFreedMemory();

    [Theory]
    [InlineData("conv4-stride-fused", false)]
    [InlineData("conv4-maxpool-fused", false)]
    [InlineData("conv4-maxpool", false)]
    [InlineData("conv4-maxpool", true)]
    public void ComputeMetaGradient_RecomputedWithTwentySteps_NeedsLittleMoreThanWithOne(string model, bool automatic)
    {
        Problem problem = Large(model, SecondOrder.Recomputed);
        double one = PeakMebibytes(problem, 1, automatic), twenty = PeakMebibytes(problem, 20, automatic);
        twenty.ShouldBeLessThan(1.5 * one, $"{one:F1} MiB with one inner step, {twenty:F1} MiB with twenty");
    }

    [Fact]
    public void ComputeMetaGradient_UnrolledWithTwentySteps_TakesMoreThanThreeTimesAsMuchAsOne()
    {
        Problem problem = Large("conv4-stride-fused", SecondOrder.Unrolled);
        Growth(problem, 20).ShouldBeGreaterThan(3 * Growth(problem, 1));
    }

    private static Problem Large(string model, SecondOrder secondOrder)
    {
        RunConfiguration run = Runs.Named(model);
        return new Problem(
            run with
            {
                SecondOrder = secondOrder,
                Model = run.Model with { Filters = run.Model.Filters * 4 },
                Tasks = run.Tasks with { Shot = 10, Query = 10 },
            },
            tasks: 2);
    }

    // Of the whole process, as a user sees it.
    private static double PeakMebibytes(Problem problem, int steps, bool automatic) => Measure(problem, steps, automatic).Peak;

    // Of the meta-gradient alone: the process's base depends on what ran in it before.
    private static double Growth(Problem problem, int steps)
    {
        (double before, double peak) = Measure(problem, steps, automatic: false);
        return peak - before;
    }

    // With a tidy heap: what it holds free would be taken first, and not seen.
    private static (double Before, double Peak) Measure(Problem problem, int steps, bool automatic)
    {
        problem.Gradient(torch.float32, 1, general: automatic);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = TrimHeap(0);
        File.WriteAllText("/proc/self/clear_refs", "5");
        double before = Mebibytes("VmRSS:");
        problem.Gradient(torch.float32, steps, general: automatic);
        return (before, Mebibytes("VmHWM:"));
    }

    private static double Mebibytes(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint pad);
}
