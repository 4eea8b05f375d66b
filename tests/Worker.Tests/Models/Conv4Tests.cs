using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Worker.Tests.Models;

public sealed class Conv4Tests
{
    [Theory]
    [InlineData(Downsample.Stride)]
    [InlineData(Downsample.MaxPool)]
    public void Forward_EveryTask_EqualsTheLayersOneByOne(Downsample downsample)
    {
        var problem = new Problem(Runs.Omniglot(downsample), 2);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        torch.Tensor theta = problem.ThetaTensor(torch.float64), x = problem.Batch(torch.float64).SupportX;
        torch.Tensor[] own = [.. problem.Layout.Parameters.Select(parameter => theta
            .narrow(0, parameter.Offset, parameter.Count).view([.. parameter.Shape.Select(size => (long)size)]))];
        torch.Tensor[] expanded = [.. own.Select(weight => torch.stack([weight, weight.mul(1.5)]))];

        torch.Tensor outputs = new Conv4(downsample).Forward(expanded, x);

        outputs.shape.ShouldBe([2, 6, 3]);
        for (int task = 0; task < 2; task++)
        {
            torch.Tensor expected = OneByOne([.. own.Select(weight => weight.mul(task == 0 ? 1 : 1.5))], x.select(0, task), downsample);
            outputs.select(0, task).sub(expected).abs().max().item<double>().ShouldBeLessThan(1e-10);
        }
    }

    private static torch.Tensor OneByOne(torch.Tensor[] weights, torch.Tensor image, Downsample downsample)
    {
        long stride = downsample == Downsample.Stride ? 2 : 1;
        for (int block = 0; block < 4; block++)
        {
            torch.Tensor convolved = functional.conv2d(image, weights[3 * block], null, [stride, stride], [1, 1]);
            torch.Tensor mean = convolved.mean([0, 2, 3], keepdim: true);
            torch.Tensor variance = convolved.sub(mean).square().mean([0, 2, 3], keepdim: true);
            torch.Tensor normalised = convolved.sub(mean).div(variance.add(1e-5).sqrt());
            image = normalised.mul(weights[(3 * block) + 1].view(1, -1, 1, 1)).add(weights[(3 * block) + 2].view(1, -1, 1, 1)).relu();
            if (downsample == Downsample.MaxPool) image = functional.max_pool2d(image, [2, 2]);
        }

        return image.mean([2, 3]).matmul(weights[12].t()).add(weights[13]);
    }
}
