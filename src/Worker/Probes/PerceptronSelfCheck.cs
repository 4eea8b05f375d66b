using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Probes;

/// <summary>The perceptron's: float32 on the device against float64 finite differences, which know nothing of derivatives.</summary>
internal static class PerceptronSelfCheck
{
    private const int Directions = 12;
    private const int Tasks = 4;
    private const ulong DirectionsSeed = 1;
    private const double Step = 1e-5;

    // Of float32, with a factor of some ten to spare; a wrong formula misses it by a factor of a thousand.
    private const double Tolerance = 1e-3;

    private static readonly RunConfiguration Configuration = new()
    {
        Name = "self-check",
        Model = new ModelConfiguration { Kind = ModelKind.Mlp },
        Tasks = new TaskConfiguration { Source = TaskSourceKind.Sinusoid, Way = 1, Shot = 10, Query = 10 },
        Loss = Loss.Mse,
        Inner = new InnerConfiguration { Steps = 2, LearningRate = 0.01 },
    };

    /// <summary>Checks the device of the thread that calls.</summary>
    public static GradientCheckResult Run(torch.Device device)
    {
        ParameterLayout layout = ModelLayouts.Create(Configuration.Model, TaskShape.Of(Configuration.Tasks));
        TaskExamples examples = DrawExamples();
        torch.Tensor theta = torch.tensor(layout.CreateInitialValues(Configuration.Seed), torch.float32, device);
        torch.Tensor gradient = MetaLearners.Create(Configuration, device.type, torch.float32)
            .ComputeMetaGradient(theta, TaskBatch.From(examples, device, torch.float32), Configuration.Inner.Steps).Sum.to(torch.float64, torch.CPU);

        var loss = new AdaptedLoss(
            ModelFactory.Create(Configuration.Model), LossFactory.Create(Configuration.Loss), layout, Configuration.Inner.LearningRate);
        TaskBatch exactTasks = TaskBatch.From(examples, torch.CPU, torch.float64);
        torch.Tensor exactTheta = theta.to(torch.float64, torch.CPU);
        double squaredErrors = 0, squaredSlopes = 0;
        for (int i = 0; i < Directions; i++)
        {
            torch.Tensor direction = DrawDirection(layout.Count, (ulong)i);
            double slope = loss.SlopeAlong(exactTheta, direction, exactTasks, Configuration.Inner.Steps, Step);
            double error = gradient.mul(direction).sum().item<double>() - slope;
            squaredErrors += error * error;
            squaredSlopes += slope * slope;
        }

        return new GradientCheckResult("perceptron", Math.Sqrt(squaredErrors / squaredSlopes), Tolerance);
    }

    private static TaskExamples DrawExamples()
    {
        var sampler = new SinusoidTaskSampler();
        TaskDescriptor[] tasks = [.. Enumerable.Range(0, Tasks)
            .Select(index => sampler.Sample(Configuration.Seed, new TaskAddress(TaskSplit.Train, 0, index), Configuration.Tasks.Query))];
        return TaskBuilders.Create(Configuration.Tasks, null).Build(tasks, Configuration.Tasks.Shot, Configuration.Tasks.Query);
    }

    private static torch.Tensor DrawDirection(int length, ulong stream)
    {
        var random = new RandomStream(DirectionsSeed, stream);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) values[i] = (float)(random.NextNormal() / Math.Sqrt(length));
        return torch.tensor(values, torch.float64);
    }
}
