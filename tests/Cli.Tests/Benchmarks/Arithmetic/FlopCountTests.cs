using Maml.Cluster.Cli.Benchmarks.Arithmetic;
using Maml.Cluster.Cli.Benchmarks.Configurations;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Tests.Benchmarks.Arithmetic;

public sealed class FlopCountTests
{
    // A product of 9 by 64 on 14 × 14 positions; then of 576 by 64 on 7 × 7, 4 × 4 and 2 × 2; the head.
    private const double FirstOfA = 2.0 * 9 * 64 * 196;
    private const double AboveOfA = (2.0 * 576 * 64 * (49 + 16 + 4)) + (2 * 64 * 5);

    [Fact]
    public void Of_A_IsForwardGradientAndTheirTangentsOnTheSupportSet()
    {
        double support = (FirstOfA + AboveOfA) + (FirstOfA + (2 * AboveOfA)) + (FirstOfA + (2 * AboveOfA)) + (FirstOfA + (4 * AboveOfA));
        double query = (FirstOfA + AboveOfA) + (FirstOfA + (2 * AboveOfA));
        FlopCount.Of(Find("A")).ShouldBe(new FlopCount(5 * (support + query), 0));
    }

    [Fact]
    public void Of_FirstOrder_LeavesTheTangentsOut()
    {
        double support = (2 * FirstOfA) + (3 * AboveOfA), query = support;
        FlopCount.Of(Find("A", new ConfigurationOverride("algorithm", "fomaml"))).ShouldBe(new FlopCount(5 * (support + query), 0));
    }

    [Fact]
    public void Of_B_CountsFiveStepsAndTheCurvesBeside()
    {
        // Pooling comes after the convolution: 28 × 28, 14 × 14, 7 × 7 and 3 × 3 positions.
        const double first = 2.0 * 9 * 64 * 784, above = (2.0 * 576 * 64 * (196 + 49 + 9)) + (2 * 64 * 5);
        double expected = (5 * 5 * ((4 * first) + (9 * above))) + (75 * ((2 * first) + (3 * above)));
        FlopCount.Of(Find("B")).ShouldBe(new FlopCount(expected, 4 * 75 * (first + above)));
    }

    [Fact]
    public void Of_Sinusoid_IsThatOfItsThreeLayers()
    {
        const double first = 2 * 40, above = (2 * 40 * 40) + (2 * 40);
        double expected = (5 * ((4 * first) + (9 * above))) + (10 * ((2 * first) + (3 * above)));
        FlopCount.Of(Find("sinusoid")).ShouldBe(new FlopCount(expected, 0));
    }

    [Fact]
    public void Of_Logistic_HasNothingBelowItsOnlyLayer()
    {
        RunConfiguration configuration = Find("logistic");
        const double layer = 2 * 50;
        double support = 2 * configuration.Tasks.Shot, query = 2 * configuration.Tasks.Query;
        int steps = configuration.Inner.Steps;
        FlopCount.Of(configuration).ShouldBe(new FlopCount(((steps * support * 4) + (query * 2)) * layer, (steps - 1) * query * layer));
    }

    private static RunConfiguration Find(string name, params ConfigurationOverride[] overrides) =>
        BenchmarkCatalog.Find([name], overrides)[0].Configuration;
}
