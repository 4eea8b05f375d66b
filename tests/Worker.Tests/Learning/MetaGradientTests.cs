using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Learning;

public sealed class MetaGradientTests
{
    private const int Tasks = 3;
    private const double Step = 1e-6;

    public static TheoryData<string, int> ModelsAndSteps => new()
    {
        { "mlp", 1 }, { "mlp", 5 }, { "logistic", 1 }, { "logistic", 5 },
        { "conv4-stride", 1 }, { "conv4-stride", 5 }, { "conv4-maxpool", 1 }, { "conv4-maxpool", 5 },
        { "conv4-stride-fused", 1 }, { "conv4-stride-fused", 5 }, { "conv4-maxpool-fused", 1 }, { "conv4-maxpool-fused", 5 },
    };

    [Theory]
    [MemberData(nameof(ModelsAndSteps))]
    public void ComputeMetaGradient_Maml_MatchesFiniteDifferences(string model, int steps)
    {
        var problem = new Problem(Runs.Named(model), Tasks);
        double[] gradient = problem.Gradient(torch.float64, steps);
        using var scope = torch.NewDisposeScope();
        torch.Tensor theta = problem.ThetaTensor(torch.float64);
        var batch = problem.Batch(torch.float64);
        double squaredErrors = 0, squaredSlopes = 0;
        for (ulong stream = 0; stream < 5; stream++)
        {
            double[] direction = DrawDirection(gradient.Length, stream);
            double slope = problem.Loss.SlopeAlong(theta, torch.tensor(direction, torch.float64), batch, steps, Step);
            double error = gradient.Zip(direction, (g, d) => g * d).Sum() - slope;
            squaredErrors += error * error;
            squaredSlopes += slope * slope;
        }

        Math.Sqrt(squaredErrors / squaredSlopes).ShouldBeLessThan(1e-4);
    }

    [Theory]
    [MemberData(nameof(ModelsAndSteps))]
    public void ComputeMetaGradient_InFloat32_MatchesFloat64(string model, int steps)
    {
        var problem = new Problem(Runs.Named(model), Tasks);
        Vectors.RelativeError(problem.Gradient(torch.float32, steps), problem.Gradient(torch.float64, steps)).ShouldBeLessThan(1e-4);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-stride-fused")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeMetaGradient_Fomaml_IsTheQueryGradientAtTheAdaptedParameters(string model)
    {
        var problem = new Problem(Runs.Named(model, Algorithm.Fomaml), 1);
        double[] expected = QueryGradient.AtAdapted(problem, steps: 3);
        Vectors.RelativeError(problem.Gradient(torch.float64, 3), expected).ShouldBeLessThan(1e-10);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-stride-fused")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeMetaGradient_MamlAndFomaml_Differ(string model)
    {
        double[] second = new Problem(Runs.Named(model), Tasks).Gradient(torch.float64, 2);
        double[] first = new Problem(Runs.Named(model, Algorithm.Fomaml), Tasks).Gradient(torch.float64, 2);
        Vectors.RelativeError(first, second).ShouldBeGreaterThan(1e-3);
    }

    [Theory]
    [InlineData("mlp", Algorithm.Maml)]
    [InlineData("logistic", Algorithm.Fomaml)]
    [InlineData("conv4-stride", Algorithm.Maml)]
    [InlineData("conv4-stride", Algorithm.Fomaml)]
    [InlineData("conv4-maxpool", Algorithm.Maml)]
    [InlineData("conv4-stride-fused", Algorithm.Maml)]
    [InlineData("conv4-maxpool-fused", Algorithm.Maml)]
    public void ComputeMetaGradient_OfAChunk_IsTheSumOverItsTasks(string model, Algorithm algorithm)
    {
        var problem = new Problem(Runs.Named(model, algorithm), Tasks);
        double[] sum = new double[problem.Layout.Count];
        for (int task = 0; task < Tasks; task++)
        {
            double[] own = problem.Gradient(torch.float64, 2, task..(task + 1));
            for (int i = 0; i < sum.Length; i++) sum[i] += own[i];
        }

        Vectors.RelativeError(problem.Gradient(torch.float64, 2), sum).ShouldBeLessThan(1e-10);
    }

    [Theory]
    [InlineData("conv4-stride", Algorithm.Maml, 1)]
    [InlineData("conv4-stride", Algorithm.Maml, 4)]
    [InlineData("conv4-stride", Algorithm.Fomaml, 2)]
    [InlineData("conv4-maxpool", Algorithm.Maml, 1)]
    [InlineData("conv4-maxpool", Algorithm.Maml, 4)]
    [InlineData("conv4-maxpool", Algorithm.Fomaml, 2)]
    [InlineData("conv4-stride-fused", Algorithm.Maml, 1)]
    [InlineData("conv4-stride-fused", Algorithm.Maml, 4)]
    [InlineData("conv4-stride-fused", Algorithm.Fomaml, 2)]
    [InlineData("conv4-maxpool-fused", Algorithm.Maml, 1)]
    [InlineData("conv4-maxpool-fused", Algorithm.Maml, 4)]
    [InlineData("conv4-maxpool-fused", Algorithm.Fomaml, 2)]
    public void ComputeMetaGradient_WrittenOut_EqualsAutomaticDifferentiation(string model, Algorithm algorithm, int steps)
    {
        var problem = new Problem(Runs.Named(model, algorithm), Tasks);
        double[] automatic = problem.Gradient(torch.float64, steps, general: true);
        Vectors.RelativeError(problem.Gradient(torch.float64, steps), automatic).ShouldBeLessThan(1e-9);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    [InlineData("conv4-maxpool")]
    [InlineData("conv4-stride-fused")]
    [InlineData("conv4-maxpool-fused")]
    public void ComputeMetaGradient_Again_GivesTheSameBytes(string model)
    {
        var problem = new Problem(Runs.Named(model), Tasks);
        double[] first = problem.Gradient(torch.float32, 5);
        for (int i = 0; i < 5; i++) problem.Gradient(torch.float32, 5).ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(ModelsAndSteps))]
    public void ComputeMetaGradient_Recomputed_EqualsUnrolled(string model, int steps)
    {
        double[] unrolled = new Problem(Runs.Named(model), Tasks).Gradient(torch.float64, steps);
        var recomputed = new Problem(Runs.Named(model) with { SecondOrder = SecondOrder.Recomputed }, Tasks);
        Vectors.RelativeError(recomputed.Gradient(torch.float64, steps), unrolled).ShouldBeLessThan(1e-10);
    }

    private static double[] DrawDirection(int length, ulong stream)
    {
        var random = new RandomStream(11, stream);
        double[] direction = new double[length];
        for (int i = 0; i < length; i++) direction[i] = random.NextNormal() / Math.Sqrt(length);
        return direction;
    }
}
