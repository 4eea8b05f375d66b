using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;

namespace Maml.Cluster.Coordinator.Tests.Evaluation;

public sealed class EvaluationAggregatorTests
{
    [Fact]
    public void Aggregate_KnownNumbers_GivesMeanAndInterval()
    {
        // 1, 2, 3, 4: mean 2.5, sample standard deviation 1.2909944, so 1.96 · 1.2909944 / √4 = 1.2651745.
        TaskCurve[] curves = [.. Enumerable.Range(1, 4).Select(i => new TaskCurve([i, 2f * i], [0.25f, 0.25f * i]))];
        EvaluationSummary summary = EvaluationAggregator.Aggregate(7, curves);
        summary.Iteration.ShouldBe(7);
        summary.Tasks.ShouldBe(4);
        summary.Steps.Select(step => step.Step).ShouldBe([0, 1]);
        summary.Steps[0].Loss.ShouldBe(2.5, 1e-12);
        summary.Steps[0].LossCi95.ShouldBe(1.2651745, 1e-6);
        summary.Steps[1].LossCi95.ShouldBe(2.530349, 1e-6);
        summary.Steps[0].AccuracyCi95.ShouldBe(0);
        summary.Steps[1].Accuracy!.Value.ShouldBe(0.625, 1e-12);
    }

    [Fact]
    public void Aggregate_Regression_HasNoAccuracy()
    {
        StepSummary step = EvaluationAggregator.Aggregate(0, [new TaskCurve([1f], []), new TaskCurve([1f], [])]).Steps.Single();
        step.Accuracy.ShouldBeNull();
        step.AccuracyCi95.ShouldBeNull();
    }

    [Fact]
    public void Aggregate_SingleTask_HasNoInterval() =>
        EvaluationAggregator.Aggregate(0, [new TaskCurve([1f], [])]).Steps.Single().LossCi95.ShouldBe(double.NaN);
}
