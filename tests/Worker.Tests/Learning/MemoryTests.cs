using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class MemoryTests
{
    private const long Slack = 24L << 20;

    [Theory]
    [InlineData("mlp", 400)]
    [InlineData("conv4-stride", 200)]
    [InlineData("conv4-maxpool", 120)]
    public void ComputeMetaGradient_ManyChunks_KeepsMemoryFlat(string model, int chunks)
    {
        torch.set_num_threads(1);
        var problem = new Problem(Runs.Named(model), 4);
        IMetaLearner learner = MetaLearners.Create(problem.Configuration);
        for (int i = 0; i < chunks / 4; i++) Compute();
        long before = ResidentBytes();
        for (int i = 0; i < chunks; i++) Compute();
        long growth = ResidentBytes() - before;
        growth.ShouldBeLessThan(Slack, $"{growth >> 20} MiB more after {chunks} chunks");

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
        foreach (string model in new[] { "mlp", "logistic", "conv4-stride", "conv4-maxpool" })
        {
            var problem = new Problem(Runs.Named(model), 2);
            using var scope = torch.NewDisposeScope();
            torch.Tensor theta = problem.ThetaTensor(torch.float32);
            var batch = problem.Batch(torch.float32);
            using (torch.NewDisposeScope()) MetaLearners.Create(problem.Configuration).ComputeMetaGradient(theta, batch, 2);
            int before = scope.DisposablesCount;
            using (torch.NewDisposeScope()) MetaLearners.Create(problem.Configuration).ComputeMetaGradient(theta, batch, 2);
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
