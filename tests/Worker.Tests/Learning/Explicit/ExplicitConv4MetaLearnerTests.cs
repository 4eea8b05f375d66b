using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Learning.Explicit;
using Maml.Cluster.Worker.Learning.Explicit.Fused;
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

    private static readonly ModelConfiguration Portable = new() { Kind = ModelKind.Conv4, Filters = 6, Downsample = Downsample.Stride };
    private static readonly ModelConfiguration PortableMaxPool = Portable with { Downsample = Downsample.MaxPool };
    private static readonly ModelConfiguration Fused = Portable with { Filters = 32 };
    private static readonly ModelConfiguration FusedMaxPool = Fused with { Downsample = Downsample.MaxPool };

    public static TheoryData<int, Downsample, Algorithm, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, Downsample, Algorithm, int>();
            foreach (ModelConfiguration model in new[] { Portable, PortableMaxPool, Fused, FusedMaxPool })
            {
                foreach (int steps in new[] { 1, 2, 5 }) cases.Add(model.Filters, model.Downsample, Algorithm.Maml, steps);
                foreach (int steps in new[] { 1, 3 }) cases.Add(model.Filters, model.Downsample, Algorithm.Fomaml, steps);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ComputeMetaGradient_Float64_EqualsAutograd(int filters, Downsample downsample, Algorithm algorithm, int steps)
    {
        ModelConfiguration model = Portable with { Filters = filters, Downsample = downsample };
        using var scope = NewDisposeScope();
        MetaGradient written = Compute(Explicit(model, algorithm, ScalarType.Float64), model, ScalarType.Float64, steps);
        MetaGradient automatic = Compute(Automatic(model, algorithm), model, ScalarType.Float64, steps);
        RelativeError(written.Sum, automatic.Sum).ShouldBeLessThan(1e-9);
        written.Curves.Loss.ShouldBe(automatic.Curves.Loss, 1e-6f);
        written.Curves.Accuracy.ShouldBe(automatic.Curves.Accuracy);
    }

    // Where an activation is within rounding of a kink, two computations in single precision differ as much as either does from double
    // precision. Max-pooling has four times as many kinks, and an inner step at weights as wild as these makes one into many.
    public static TheoryData<int, Downsample, Algorithm, int> CasesFarFromKinks
    {
        get
        {
            var cases = new TheoryData<int, Downsample, Algorithm, int>();
            foreach (object[] one in Cases)
            {
                if ((Downsample)one[1] == Downsample.Stride || (int)one[3] == 1)
                    cases.Add((int)one[0], (Downsample)one[1], (Algorithm)one[2], (int)one[3]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(CasesFarFromKinks))]
    public void ComputeMetaGradient_Float32_StaysWithinThePromisedErrorOfFloat64(int filters, Downsample downsample, Algorithm algorithm, int steps)
    {
        ModelConfiguration model = Portable with { Filters = filters, Downsample = downsample };
        using var scope = NewDisposeScope();
        MetaGradient single = Compute(Explicit(model, algorithm, ScalarType.Float32), model, ScalarType.Float32, steps);
        MetaGradient reference = Compute(Automatic(model, algorithm), model, ScalarType.Float64, steps);
        RelativeError(single.Sum, reference.Sum).ShouldBeLessThan(1e-4);
    }

    /// <summary>
    /// Neighbours in a drawing are alike, so that what a filter gives varies far less than its pixels do: statistics of patches that were summed in
    /// single precision lost two digits there, which a few inner steps turned into an error of several percent.
    /// </summary>
    [Theory]
    [InlineData(20, Downsample.Stride)]
    [InlineData(32, Downsample.Stride)]
    [InlineData(20, Downsample.MaxPool)]
    [InlineData(32, Downsample.MaxPool)]
    public void ComputeMetaGradient_Float32AndPixelsLikeTheirNeighbours_IsAsCloseToFloat64AsSinglePrecisionGets(int filters, Downsample downsample)
    {
        ModelConfiguration model = Portable with { Filters = filters, Downsample = downsample };
        using var scope = NewDisposeScope();
        Tensor theta = tensor(Layout(model).CreateInitialValues(5));
        MetaGradient single = Explicit(model, Algorithm.Maml, ScalarType.Float32).ComputeMetaGradient(theta, Drawings(ScalarType.Float32), 1);
        MetaGradient reference = Automatic(model, Algorithm.Maml).ComputeMetaGradient(theta.to_type(ScalarType.Float64), Drawings(ScalarType.Float64), 1);
        RelativeError(single.Sum, reference.Sum).ShouldBeLessThan(3e-6);
    }

    [Fact]
    public void Find_FiltersThatFillVectors_TakesTheKernelsOfTheCpu()
    {
        Engine(Portable, ScalarType.Float32).ShouldBeOfType<PortableConv4Engine>();
        Engine(Fused, ScalarType.Float32).ShouldBeOfType<FusedConv4Engine<float>>();
        Engine(FusedMaxPool, ScalarType.Float64).ShouldBeOfType<FusedConv4Engine<double>>();
    }

    [Theory]
    [InlineData(6, Downsample.MaxPool, DeviceType.CPU)]
    [InlineData(32, Downsample.Stride, DeviceType.CUDA)]
    [InlineData(32, Downsample.MaxPool, DeviceType.CUDA)]
    public void Find_AnyOtherNumberOfFiltersOrDevice_TakesTensorOperations(int filters, Downsample downsample, DeviceType device)
    {
        ModelConfiguration model = Portable with { Filters = filters, Downsample = downsample };
        Conv4Engines.Find(model, Layout(model), device, ScalarType.Float32).ShouldBeOfType<PortableConv4Engine>();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(32)]
    public void ComputeMetaGradient_WeightsThatAreNotNumbers_AreSeenInTheLoss(int filters)
    {
        ModelConfiguration model = FusedMaxPool with { Filters = filters };
        using var scope = NewDisposeScope();
        Tensor theta = Theta(model, ScalarType.Float32);
        theta.narrow(0, 0, 1).fill_(float.NaN);
        MetaGradient result = Explicit(model, Algorithm.Maml, ScalarType.Float32).ComputeMetaGradient(theta, Batch(ScalarType.Float32), 1);
        result.Curves.Loss.ShouldAllBe(loss => float.IsNaN(loss));
    }

    [Fact]
    public void ComputeMetaGradient_SecondOrder_DiffersFromFirstOrder()
    {
        using var scope = NewDisposeScope();
        MetaGradient second = Compute(Explicit(Fused, Algorithm.Maml, ScalarType.Float64), Fused, ScalarType.Float64, 1);
        MetaGradient first = Compute(Explicit(Fused, Algorithm.Fomaml, ScalarType.Float64), Fused, ScalarType.Float64, 1);
        RelativeError(first.Sum, second.Sum).ShouldBeGreaterThan(0.01);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(32)]
    public void ComputeCurves_SeveralSteps_EqualsAutograd(int filters)
    {
        ModelConfiguration model = FusedMaxPool with { Filters = filters };
        using var scope = NewDisposeScope();
        Tensor theta = Theta(model, ScalarType.Float64);
        TaskBatch batch = Batch(ScalarType.Float64);
        AdaptationCurves written = Explicit(model, Algorithm.Maml, ScalarType.Float64).ComputeCurves(theta, batch, 4);
        AdaptationCurves automatic = Automatic(model, Algorithm.Maml).ComputeCurves(theta, batch, 4);
        written.Points.ShouldBe(5);
        written.Loss.ShouldBe(automatic.Loss, 1e-6f);
    }

    [Theory]
    [InlineData(6, Downsample.Stride, SecondOrder.Unrolled)]
    [InlineData(6, Downsample.MaxPool, SecondOrder.Unrolled)]
    [InlineData(6, Downsample.MaxPool, SecondOrder.Recomputed)]
    [InlineData(16, Downsample.Stride, SecondOrder.Unrolled)]
    [InlineData(16, Downsample.MaxPool, SecondOrder.Unrolled)]
    [InlineData(16, Downsample.MaxPool, SecondOrder.Recomputed)]
    public void ComputeMetaGradient_ManyChunks_LeavesNoTensorBehind(int filters, Downsample downsample, SecondOrder secondOrder)
    {
        ModelConfiguration model = Portable with { Filters = filters, Downsample = downsample };
        using var scope = NewDisposeScope();
        IMetaLearner learner = Explicit(model, Algorithm.Maml, ScalarType.Float32, secondOrder);
        Tensor theta = Theta(model, ScalarType.Float32);
        TaskBatch batch = Batch(ScalarType.Float32);
        int before = scope.DisposablesCount;
        for (int i = 0; i < 3; i++) learner.ComputeMetaGradient(theta, batch, 2).Sum.Dispose();
        scope.DisposablesCount.ShouldBe(before);
    }

    private static MetaGradient Compute(IMetaLearner learner, ModelConfiguration model, ScalarType precision, int steps) =>
        learner.ComputeMetaGradient(Theta(model, precision), Batch(precision), steps);

    private static ParameterLayout Layout(ModelConfiguration model) => ModelLayouts.Create(model, new TaskShape([1, 28, 28], Way));

    private static IConv4Engine Engine(ModelConfiguration model, ScalarType precision) =>
        Conv4Engines.Find(model, Layout(model), DeviceType.CPU, precision);

    private static ExplicitConv4MetaLearner Explicit(
        ModelConfiguration model, Algorithm algorithm, ScalarType precision, SecondOrder secondOrder = SecondOrder.Unrolled) =>
        new(Engine(model, precision), new CrossEntropyLoss(), algorithm, secondOrder, InnerLearningRate);

    private static MetaLearner Automatic(ModelConfiguration model, Algorithm algorithm) =>
        new(ModelFactory.Create(model), new CrossEntropyLoss(), Layout(model), algorithm, SecondOrder.Unrolled, InnerLearningRate);

    // Off the initial values, whose zero shifts and unit scales hide errors; a negative scale turns the order within a window around.
    private static Tensor Theta(ModelConfiguration model, ScalarType precision)
    {
        ParameterLayout layout = Layout(model);
        manual_seed(23);
        Tensor theta = tensor(layout.CreateInitialValues(5));
        foreach (ParameterSpecification vector in layout.Parameters.Where(parameter => parameter.Shape.Count == 1))
            theta.narrow(0, vector.Offset, vector.Count).add_(randn(vector.Count).mul(0.6));
        return theta.to_type(precision);
    }

    private static TaskBatch Batch(ScalarType precision)
    {
        manual_seed(17);
        return new TaskBatch(Images(Way, precision), Labels(1), Images(2 * Way, precision), Labels(2));
    }

    // Strokes on paper: wide, dark bars, each example's at a place of its own.
    private static TaskBatch Drawings(ScalarType precision)
    {
        return new TaskBatch(Bars(Way), Labels(1), Bars(2 * Way), Labels(2));

        Tensor Bars(int examples)
        {
            Tensor images = zeros([Tasks, examples, 1, 28, 28]);
            for (int task = 0; task < Tasks; task++)
            {
                for (int example = 0; example < examples; example++)
                {
                    Tensor image = images.select(0, task).select(0, example).select(0, 0);
                    image.narrow(0, 3 + ((5 * example) % 17), 5).narrow(1, 4 + task, 18).fill_(1);
                    image.narrow(0, 2, 22).narrow(1, 5 + ((7 * example) % 15), 6).fill_(1);
                }
            }

            return images.to_type(precision);
        }
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
