using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Shared.Tests.Models;

public sealed class ParameterLayoutTests
{
    private static readonly TaskShape Sinusoid = new([1], 1);
    private static readonly TaskShape Omniglot = new([1, 28, 28], 5);

    [Fact]
    public void Create_Mlp_HasThePapersParameters()
    {
        ParameterLayout layout = ModelLayouts.Create(new ModelConfiguration { Kind = ModelKind.Mlp }, Sinusoid);
        layout.Parameters.Select(parameter => parameter.Name).ShouldBe(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.2.weight", "layers.2.bias"]);
        layout.Count.ShouldBe(40 + 40 + (40 * 40) + 40 + 40 + 1);
    }

    [Fact]
    public void Create_Conv4_HasThePapersParametersWithoutConvolutionBias()
    {
        ParameterLayout layout = ModelLayouts.Create(new ModelConfiguration { Kind = ModelKind.Conv4 }, Omniglot);
        layout.Parameters.Count.ShouldBe((4 * 3) + 2);
        layout.Parameters[0].Shape.ShouldBe([64, 1, 3, 3]);
        layout.Parameters[3].Name.ShouldBe("blocks.1.conv.weight");
        layout.Parameters[^2].Shape.ShouldBe([5, 64]);
        layout.Count.ShouldBe((64 * 9) + (3 * 64 * 64 * 9) + (4 * 2 * 64) + (5 * 64) + 5);
    }

    [Fact]
    public void Create_AnyLayout_LeavesNoGapAndNoOverlap()
    {
        ParameterLayout layout = ModelLayouts.Create(new ModelConfiguration { Kind = ModelKind.Conv4, Filters = 7 }, Omniglot);
        int offset = 0;
        foreach (ParameterSpecification parameter in layout.Parameters)
        {
            parameter.Offset.ShouldBe(offset);
            offset += parameter.Count;
        }

        layout.Count.ShouldBe(offset);
    }

    [Fact]
    public void CreateInitialValues_SameSeed_RepeatsItselfAndAnotherSeedDoesNot()
    {
        ParameterLayout layout = ModelLayouts.Create(new ModelConfiguration { Kind = ModelKind.Mlp }, Sinusoid);
        float[] values = layout.CreateInitialValues(3);
        values.ShouldBe(layout.CreateInitialValues(3));
        values.ShouldNotBe(layout.CreateInitialValues(4));
    }

    [Fact]
    public void CreateInitialValues_Conv4_FollowsEachInitializer()
    {
        ParameterLayout layout = ModelLayouts.Create(new ModelConfiguration { Kind = ModelKind.Conv4 }, Omniglot);
        float[] values = layout.CreateInitialValues(0);
        float[] Of(string name)
        {
            ParameterSpecification parameter = layout.Parameters.Single(candidate => candidate.Name == name);
            return values[parameter.Offset..(parameter.Offset + parameter.Count)];
        }

        Of("blocks.2.norm.weight").ShouldAllBe(value => value == 1f);
        Of("blocks.2.norm.bias").ShouldAllBe(value => value == 0f);
        double scale = Math.Sqrt(2.0 / (64 * 9));
        float[] weights = Of("blocks.2.conv.weight");
        weights.ShouldAllBe(value => Math.Abs(value) <= 2 * scale);
        // A normal distribution truncated at two standard deviations keeps 0.8796 of its standard deviation.
        Math.Sqrt(weights.Average(value => (double)value * value)).ShouldBe(0.8796 * scale, 0.01 * scale);
    }
}
