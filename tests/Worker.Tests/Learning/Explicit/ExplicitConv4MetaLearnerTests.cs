using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Learning.Explicit;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Tests.Learning.Explicit;

/// <summary>The derivatives written out by hand against those of autograd, which know nothing of each other.</summary>
public sealed class ExplicitConv4MetaLearnerTests
{
    private const double InnerLearningRate = 0.4;
    private const int Tasks = 3;
    private const int Way = 4;

    private static readonly ModelConfiguration Model = new() { Kind = ModelKind.Conv4, Filters = 8 };
    private static readonly ParameterLayout Layout = ModelLayouts.Create(Model, new TaskShape([1, 28, 28], Way));

    public static TheoryData<Algorithm, int> Cases => new()
    {
        { Algorithm.Maml, 1 }, { Algorithm.Maml, 2 }, { Algorithm.Maml, 5 }, { Algorithm.Fomaml, 1 }, { Algorithm.Fomaml, 3 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ComputeMetaGradient_Float64_EqualsAutograd(Algorithm algorithm, int steps)
    {
        using var scope = NewDisposeScope();
        MetaGradient written = Compute(Explicit(algorithm), ScalarType.Float64, steps);
        MetaGradient automatic = Compute(Automatic(algorithm), ScalarType.Float64, steps);
        RelativeError(written.Sum, automatic.Sum).ShouldBeLessThan(1e-9);
        written.Curves.Loss.ShouldBe(automatic.Curves.Loss, 1e-6f);
        written.Curves.Accuracy.ShouldBe(automatic.Curves.Accuracy);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ComputeMetaGradient_Float32_StaysWithinThePromisedErrorOfFloat64(Algorithm algorithm, int steps)
    {
        using var scope = NewDisposeScope();
        MetaGradient single = Compute(Explicit(algorithm), ScalarType.Float32, steps);
        MetaGradient reference = Compute(Automatic(algorithm), ScalarType.Float64, steps);
        RelativeError(single.Sum, reference.Sum).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void ComputeMetaGradient_SecondOrder_DiffersFromFirstOrder()
    {
        using var scope = NewDisposeScope();
        MetaGradient second = Compute(Explicit(Algorithm.Maml), ScalarType.Float64, 1);
        MetaGradient first = Compute(Explicit(Algorithm.Fomaml), ScalarType.Float64, 1);
        RelativeError(first.Sum, second.Sum).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void ComputeCurves_SeveralSteps_EqualsAutograd()
    {
        using var scope = NewDisposeScope();
        Tensor theta = Theta(ScalarType.Float64);
        TaskBatch batch = Batch(ScalarType.Float64);
        AdaptationCurves written = Explicit(Algorithm.Maml).ComputeCurves(theta, batch, 4);
        AdaptationCurves automatic = Automatic(Algorithm.Maml).ComputeCurves(theta, batch, 4);
        written.Points.ShouldBe(5);
        written.Loss.ShouldBe(automatic.Loss, 1e-6f);
    }

    [Fact]
    public void ComputeMetaGradient_ManyChunks_LeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        IMetaLearner learner = Explicit(Algorithm.Maml);
        Tensor theta = Theta(ScalarType.Float32);
        TaskBatch batch = Batch(ScalarType.Float32);
        int before = scope.DisposablesCount;
        for (int i = 0; i < 3; i++) learner.ComputeMetaGradient(theta, batch, 2).Sum.Dispose();
        scope.DisposablesCount.ShouldBe(before);
    }

    private static MetaGradient Compute(IMetaLearner learner, ScalarType precision, int steps) =>
        learner.ComputeMetaGradient(Theta(precision), Batch(precision), steps);

    private static ExplicitConv4MetaLearner Explicit(Algorithm algorithm) =>
        new(new CrossEntropyLoss(), Layout, algorithm, InnerLearningRate);

    private static MetaLearner Automatic(Algorithm algorithm) =>
        new(ModelFactory.Create(Model), new CrossEntropyLoss(), Layout, algorithm, InnerLearningRate);

    private static Tensor Theta(ScalarType precision) => tensor(Layout.CreateInitialValues(5)).to_type(precision);

    private static TaskBatch Batch(ScalarType precision)
    {
        manual_seed(17);
        return new TaskBatch(Images(Way, precision), Labels(1), Images(2 * Way, precision), Labels(2));
    }

    private static Tensor Images(int examples, ScalarType precision) =>
        rand([Tasks, examples, 1, 28, 28]).gt(0.8).to_type(precision);

    private static Tensor Labels(int shot) =>
        tensor([.. Enumerable.Range(0, Tasks * Way * shot).Select(i => (long)(i % (Way * shot) / shot))], [Tasks, Way * shot]);

    private static double RelativeError(Tensor actual, Tensor expected)
    {
        Tensor difference = actual.to_type(ScalarType.Float64).sub(expected);
        return difference.square().sum().sqrt().div(expected.square().sum().sqrt()).item<double>();
    }
}
