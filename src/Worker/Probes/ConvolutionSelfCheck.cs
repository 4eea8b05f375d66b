using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Probes;

/// <summary>
/// conv4's: float32 on the device, with the derivatives written out as in training, against float64 on the CPU by automatic differentiation.
/// </summary>
internal static class ConvolutionSelfCheck
{
    private const int Tasks = 2;
    private const int Side = 28;
    private const ulong Seed = 1;

    // An activation on its kink may cost 1e-3; sums that lost their digits cost 8e-3 and more.
    private const double Tolerance = 3e-3;

    /// <summary>Checks the device of the thread that calls.</summary>
    public static GradientCheckResult Run(torch.Device device, Downsample downsample)
    {
        RunConfiguration configuration = Configure(downsample);
        ParameterLayout layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        TaskExamples examples = DrawExamples(configuration.Tasks);
        torch.Tensor theta = torch.tensor(layout.CreateInitialValues(configuration.Seed), torch.float32);
        torch.Tensor found = MetaLearners.Create(configuration, device.type, torch.float32)
            .ComputeMetaGradient(theta.to(device), TaskBatch.From(examples, device, torch.float32), configuration.Inner.Steps).Sum.to(torch.float64, torch.CPU);
        torch.Tensor exact = new MetaLearner(
                ModelFactory.Create(configuration.Model), LossFactory.Create(configuration.Loss), layout, configuration.Algorithm, configuration.SecondOrder,
                configuration.Inner.LearningRate)
            .ComputeMetaGradient(theta.to(torch.float64), TaskBatch.From(examples, torch.CPU, torch.float64), configuration.Inner.Steps).Sum;

        double error = Math.Sqrt(found.sub(exact).square().sum().item<double>() / exact.square().sum().item<double>());
        return new GradientCheckResult(downsample == Downsample.Stride ? "conv4 with stride" : "conv4 with pooling", error, Tolerance);
    }

    private static RunConfiguration Configure(Downsample downsample) => new()
    {
        Name = "self-check",
        Model = new ModelConfiguration { Kind = ModelKind.Conv4, Filters = 64, Downsample = downsample },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Omniglot, Way = 5, Shot = 1, Query = 1 },
        Loss = Loss.CrossEntropy,
        Inner = new InnerConfiguration { Steps = 1, LearningRate = 0.1 },
    };

    private static TaskExamples DrawExamples(TaskConfiguration tasks)
    {
        var examples = TaskExamples.Allocate(Tasks, tasks.Way * tasks.Shot, tasks.Way * tasks.Query, [1, Side, Side], labelsAreClasses: true);
        var random = new RandomStream(Seed, stream: 0);
        foreach (HostTensor pictures in new[] { examples.SupportX, examples.QueryX })
        {
            for (int first = 0; first < pictures.Values.Length; first += Side * Side) Draw(pictures.Values.AsSpan(first, Side * Side), ref random);
        }

        foreach (HostTensor labels in new[] { examples.SupportY, examples.QueryY })
        {
            for (int index = 0; index < labels.Values.Length; index++) labels.Values[index] = index % tasks.Way;
        }

        return examples;
    }

    // A long wave: neighbouring pixels are alike, which is where sums lose their digits.
    private static void Draw(Span<float> picture, ref RandomStream random)
    {
        double across = random.NextUniform(0.1, 0.4), down = random.NextUniform(0.1, 0.4), phase = random.NextUniform(0, Math.Tau);
        for (int pixel = 0; pixel < picture.Length; pixel++)
            picture[pixel] = (float)(0.5 + (0.5 * Math.Sin((across * (pixel % Side)) + (down * (pixel / Side)) + phase)));
    }
}
