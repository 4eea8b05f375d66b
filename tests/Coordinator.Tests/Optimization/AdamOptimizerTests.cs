using Maml.Cluster.Coordinator.Optimization;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class AdamOptimizerTests
{
    // Not a multiple of any vector width, so that the rest is covered too.
    private const int Count = 37;

    [Fact]
    public void Update_ManySteps_AgreesWithScalarDoubleComputation()
    {
        var random = new Random(5);
        float[] theta = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle() - 0.5f)];
        double[] expected = [.. theta.Select(value => (double)value)];
        double[] m = new double[Count], v = new double[Count];
        var optimizer = new AdamOptimizer(Count);
        for (int step = 1; step <= 200; step++)
        {
            double rate = 0.01 / step;
            float[] gradient = [.. Enumerable.Range(0, Count).Select(i => (random.NextSingle() - 0.4f) * MathF.Pow(10, (i % 7) - 4))];
            optimizer.Update(theta, gradient, rate, theta);
            for (int i = 0; i < Count; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.999 * v[i]) + (0.001 * gradient[i] * gradient[i]);
                double mHat = m[i] / (1 - Math.Pow(0.9, step)), vHat = v[i] / (1 - Math.Pow(0.999, step));
                expected[i] -= rate * mHat / (Math.Sqrt(vHat) + 1e-8);
            }
        }

        optimizer.Step.ShouldBe(200);
        for (int i = 0; i < Count; i++) ((double)theta[i]).ShouldBe(expected[i], 2e-6, $"element {i}");
    }

    [Fact]
    public void Update_IntoAnotherVector_GivesTheBitsOfOneElementAfterTheOther()
    {
        var random = new Random(6);
        float[] theta = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle() - 0.5f)];
        float[] updated = new float[Count];
        var together = new AdamOptimizer(Count);
        AdamOptimizer[] alone = [.. Enumerable.Range(0, Count).Select(_ => new AdamOptimizer(1))];
        for (int step = 0; step < 5; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle() - 0.5f)];
            float[] before = [.. theta];
            together.Update(theta, gradient, 0.01, updated);
            theta.ShouldBe(before);
            for (int i = 0; i < Count; i++) alone[i].Update(theta.AsSpan(i, 1), gradient.AsSpan(i, 1), 0.01, theta.AsSpan(i, 1));
            updated.ShouldBe(theta);
        }
    }

    [Fact]
    public void Update_FirstStep_MovesByTheLearningRateAgainstTheSign()
    {
        float[] theta = [1, 1, 1];
        new AdamOptimizer(3).Update(theta, [5f, -0.01f, 0f], 0.1, theta);
        theta[0].ShouldBe(0.9f, 1e-5f);
        theta[1].ShouldBe(1.1f, 1e-5f);
        theta[2].ShouldBe(1f);
    }

    [Fact]
    public void Update_ContinuedFromState_GivesTheSameBits()
    {
        float[] gradient = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(i))];
        float[] whole = new float[Count], halves = new float[Count];
        var first = new AdamOptimizer(Count);
        for (int i = 0; i < 6; i++) first.Update(whole, gradient, 0.01, whole);

        var before = new AdamOptimizer(Count);
        for (int i = 0; i < 3; i++) before.Update(halves, gradient, 0.01, halves);
        var after = new AdamOptimizer(before.FirstMoment.ToArray(), before.SecondMoment.ToArray(), before.Step);
        for (int i = 0; i < 3; i++) after.Update(halves, gradient, 0.01, halves);
        halves.ShouldBe(whole);
    }

    [Fact]
    public void Update_WrongLength_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new AdamOptimizer(2).Update(new float[3], new float[3], 0.1, new float[3]));
}
