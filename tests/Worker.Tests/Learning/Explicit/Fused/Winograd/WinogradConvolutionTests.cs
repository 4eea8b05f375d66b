using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Tests.Learning.Explicit.Fused.Winograd;

/// <summary>Beside libtorch's own convolution and the gradients of its graph.</summary>
public sealed class WinogradConvolutionTests
{
    private const int Tasks = 2;

    // Even and odd sides, tiles that are mostly outside, more than a stretch of tiles, filters that fill one vector or many.
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 5, 6, 4, 64, 64 }, { 3, 7, 5, 16, 16 }, { 2, 3, 2, 48, 48 }, { 1, 1, 1, 16, 16 }, { 3, 14, 14, 80, 80 }, { 9, 7, 5, 16, 48 }, { 9, 7, 5, 48, 16 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryPass_EachTasksFilters_IsLibtorchs(int examples, int height, int width, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        Compare<double>(examples, height, width, inputs, outputs, areShared: false).ShouldBeLessThan(1e-13);
        Compare<float>(examples, height, width, inputs, outputs, areShared: false).ShouldBeLessThan(2e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryPass_SharedFilters_IsLibtorchs(int examples, int height, int width, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        Compare<double>(examples, height, width, inputs, outputs, areShared: true).ShouldBeLessThan(1e-13);
    }

    // The largest difference of any result, as a share of the largest number there.
    private static double Compare<T>(int examples, int height, int width, int inputs, int outputs, bool areShared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ScalarType type = typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;
        Tensor images = Images(inputs), imagesTangent = Images(inputs), gradient = Images(outputs), gradientTangent = Images(outputs);
        Tensor direction = randn([Tasks, outputs, 9 * inputs], type);
        Tensor filters = areShared ? randn([outputs, 9 * inputs], type) : randn_like(direction);
        Tensor[] expected = Results(new DirectConvolution(filters)), found = Results(new WinogradConvolution<T>(filters));
        return expected.Zip(found, (e, f) => f.sub(e).abs().max().div(e.abs().max()).to(ScalarType.Float64).item<double>()).Max();

        Tensor Images(int channels) => randn([Tasks, examples, height, width, channels], type);

        Tensor[] Results(ConvolutionPass pass)
        {
            Tensor output = pass.Forward(images), back = pass.Backward(gradient, out Tensor filterGradient);
            Tensor tangent = pass.TangentForward(imagesTangent, direction);
            Tensor backTangent = pass.TangentBackward(gradientTangent, direction, sumOverTasks: areShared, out Tensor product);
            return [output, back, filterGradient, tangent, backTangent, product];
        }
    }
}
