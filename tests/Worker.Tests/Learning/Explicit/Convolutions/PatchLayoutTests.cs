using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.Fused;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Tests.Learning.Explicit.Convolutions;

public sealed class PatchLayoutTests
{
    private const int Tasks = 2;
    private const int Examples = 3;
    private const int Channels = 4;
    private const int Filters = 5;

    public static TheoryData<string, int, int> Layouts
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (string layout in new[] { "adjacent", "tensor", "fused" })
            {
                foreach ((int height, int width) in new[] { (6, 4), (7, 5), (3, 2), (1, 1) }) data.Add(layout, height, width);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Gather_TimesFilters_IsLibtorchsConvolution(string layout, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor images = Images(height, width), filters = EachTasks();

        Tensor rows = Named(layout).Gather(images).bmm(filters);

        for (int task = 0; task < Tasks; task++)
        {
            Tensor kernels = filters[task].view(3, 3, Channels, Filters).permute(3, 2, 0, 1);
            long stride = layout == "adjacent" ? 1 : 2;
            Tensor expected = nn.functional.conv2d(images[task].permute(0, 3, 1, 2), kernels, null, [stride, stride], [1, 1]);
            Difference(rows[task], expected.permute(0, 2, 3, 1).reshape(-1, Filters)).ShouldBeLessThan(1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void ImagesGradient_EachTasksFilters_IsTheAdjointOfTheConvolution(string layout, int height, int width)
    {
        using var scope = NewDisposeScope();
        PatchLayout patches = Named(layout);
        Tensor images = Images(height, width), filters = EachTasks();
        Tensor gradient = randn_like(patches.Gather(images).bmm(filters));

        double there = patches.Gather(images).bmm(filters).mul(gradient).sum().item<double>();
        double back = patches.ImagesGradient(gradient, filters, images.shape).mul(images).sum().item<double>();

        back.ShouldBe(there, 1e-10);
        there.ShouldNotBe(0);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void ImagesGradient_SharedFilters_IsThatOfEachTasksWithTheSame(string layout, int height, int width)
    {
        using var scope = NewDisposeScope();
        PatchLayout patches = Named(layout);
        long[] shape = Images(height, width).shape;
        Tensor filters = randn([9 * Channels, Filters], ScalarType.Float64);
        Tensor gradient = Gradient(patches, height, width);

        Tensor shared = patches.ImagesGradient(gradient, filters, shape);

        Difference(shared, patches.ImagesGradient(gradient, stack([filters, filters], 0), shape)).ShouldBeLessThan(1e-12);
    }

    // The product of two things that change is linear in each: what is left of a finite difference is exact.
    [Theory]
    [MemberData(nameof(Layouts))]
    public void ImagesGradientTangent_SharedOrEachTasks_IsTheDerivative(string layout, int height, int width)
    {
        using var scope = NewDisposeScope();
        PatchLayout patches = Named(layout);
        long[] shape = Images(height, width).shape;
        Tensor shared = randn([9 * Channels, Filters], ScalarType.Float64), own = stack([shared, shared], 0), direction = EachTasks();
        Tensor gradient = Gradient(patches, height, width), change = Gradient(patches, height, width);

        Tensor expected = patches.ImagesGradient(change, own, shape).add(patches.ImagesGradient(gradient, direction, shape));

        Difference(patches.ImagesGradientTangent(gradient, change, own, direction, shape), expected).ShouldBeLessThan(1e-12);
        Difference(patches.ImagesGradientTangent(gradient, change, shared, direction, shape), expected).ShouldBeLessThan(1e-12);
    }

    [Theory]
    [InlineData("tensor", 6, 4)]
    [InlineData("tensor", 7, 5)]
    [InlineData("fused", 6, 4)]
    [InlineData("fused", 7, 5)]
    public void Scatter_OfAnyRows_IsTheAdjointOfGather(string layout, int height, int width)
    {
        using var scope = NewDisposeScope();
        var patches = (ScatteredPatches)Named(layout);
        Tensor images = Images(height, width), gathered = patches.Gather(images), rows = randn_like(gathered);

        double there = gathered.mul(rows).sum().item<double>();

        patches.Scatter(rows, images.shape).mul(images).sum().item<double>().ShouldBe(there, 1e-10);
        there.ShouldNotBe(0);
    }

    private static PatchLayout Named(string layout) => layout switch
    {
        "adjacent" => AdjacentPatches.Instance,
        "tensor" => TensorPatches.Instance,
        "fused" => FusedPatches<double>.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, null),
    };

    private static Tensor Images(int height, int width)
    {
        manual_seed(height);
        return randn([Tasks, Examples, height, width, Channels], ScalarType.Float64);
    }

    private static Tensor EachTasks() => randn([Tasks, 9 * Channels, Filters], ScalarType.Float64);

    private static Tensor Gradient(PatchLayout patches, int height, int width) =>
        randn([Tasks, Examples * patches.Steps(height) * patches.Steps(width), Filters], ScalarType.Float64);

    private static double Difference(Tensor actual, Tensor expected) => actual.sub(expected).abs().max().item<double>();
}
