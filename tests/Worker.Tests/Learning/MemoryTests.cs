using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class MemoryTests
{
    private const long Slack = 24L << 20;
    private const int CollectEvery = 10;

    [Theory]
    [InlineData("mlp", 400)]
    [InlineData("conv4-stride", 200)]
    [InlineData("conv4-maxpool", 120)]
    [InlineData("conv4-stride-fused", 200)]
    [InlineData("conv4-maxpool-fused", 120)]
    public void ComputeMetaGradient_ManyChunks_KeepsMemoryFlat(string model, int chunks)
    {
        torch.set_num_threads(1);
        var problem = new Problem(Runs.Named(model), 4);
        IMetaLearner learner = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32);
        ComputeMany(chunks / 4);
        long before = ResidentBytes();
        ComputeMany(chunks);
        long growth = ResidentBytes() - before;
        growth.ShouldBeLessThan(Slack, $"{growth >> 20} MiB more after {chunks} chunks");

        // TorchSharp's scalars are freed by the collector only, which has so little to do here that it would run once in
        // hundreds of chunks; until its first run they lie between the tensors' blocks, and the heap grows around them.
        void ComputeMany(int count)
        {
            for (int i = 1; i <= count; i++)
            {
                Compute();
                if (i % CollectEvery == 0) ResidentBytes();
            }
        }

        void Compute()
        {
            using var scope = torch.NewDisposeScope();
            using torch.Tensor theta = problem.ThetaTensor(torch.float32);
            var batch = problem.Batch(torch.float32);
            HostCopy.ToArray(learner.ComputeMetaGradient(theta, batch, 2).Sum).Length.ShouldBe(problem.Layout.Count);
            learner.ComputeCurves(theta, batch, 1).Tasks.ShouldBe(4);
        }
    }

    [Fact]
    public void ComputeMetaGradient_Chunk_LeavesNoTensorButItsResult()
    {
        foreach (string model in new[] { "mlp", "logistic", "conv4-stride", "conv4-maxpool", "conv4-stride-fused", "conv4-maxpool-fused" })
        {
            var problem = new Problem(Runs.Named(model), 2);
            using var scope = torch.NewDisposeScope();
            torch.Tensor theta = problem.ThetaTensor(torch.float32);
            var batch = problem.Batch(torch.float32);
            using (torch.NewDisposeScope()) MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32).ComputeMetaGradient(theta, batch, 2);
            int before = scope.DisposablesCount;
            using (torch.NewDisposeScope()) MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32).ComputeMetaGradient(theta, batch, 2);
            scope.DisposablesCount.ShouldBe(before, model);
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
