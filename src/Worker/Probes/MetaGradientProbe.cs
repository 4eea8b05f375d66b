using System.Numerics.Tensors;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Probes;

/// <summary>Computes the meta-gradient of a run's first iteration in the open: the same tasks, θ and meta-learner as in training.</summary>
public static class MetaGradientProbe
{
    /// <summary>Computes it at θ₀, chunk by chunk as the run would.</summary>
    /// <param name="configuration">A validated configuration; its seed decides on θ₀ and the tasks.</param>
    /// <param name="dataSet">The data set that the tasks draw from; null for sources that need none.</param>
    /// <param name="tasks">How many of the iteration's tasks to take, from the first; 1 or more.</param>
    /// <param name="device">PyTorch's name of the device.</param>
    /// <param name="precision">Numbers to compute with; θ, examples and the result are float32 all the same.</param>
    /// <param name="cancellationToken">Gives up between chunks.</param>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    /// <exception cref="ArgumentException">The source needs a data set and there is none, or the split does not fit it.</exception>
    public static async Task<MetaGradientSample> ComputeAsync(
        RunConfiguration configuration, ImageDataSet? dataSet, int tasks, string device, Precision precision, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ITaskSampler sampler = TaskSamplers.Create(configuration.Tasks, dataSet);
        TaskDescriptor[] descriptors = [.. Enumerable.Range(0, tasks)
            .Select(index => sampler.Sample(configuration.Seed, new TaskAddress(TaskSplit.Train, 0, index), configuration.Tasks.Query))];
        ParameterLayout layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        float[] theta = layout.CreateInitialValues(configuration.Seed);
        ITaskBuilder builder = TaskBuilders.Create(configuration.Tasks, dataSet);
        torch.ScalarType type = precision == Precision.Float64 ? torch.float64 : torch.float32;
        IMetaLearner learner = MetaLearners.Create(configuration, DeviceCatalog.TypeOf(device), type);

        float[] gradient = new float[layout.Count];
        float loss = 0;
        await using DeviceThread thread = await DeviceThread.StartAsync(device, threads: 1);
        foreach (TaskDescriptor[] chunk in descriptors.Chunk(configuration.Chunk.Tasks))
        {
            TaskExamples drawn = builder.Build(chunk, configuration.Tasks.Shot, configuration.Tasks.Query);
            (float[] sum, AdaptationCurves curves) = await thread.RunAsync(
                on => Compute(learner, theta, drawn, configuration.Inner.Steps, on, type), cancellationToken);
            TensorPrimitives.Add(gradient, sum, gradient);
            for (int task = 0; task < chunk.Length; task++) loss += curves.LossOf(task)[^1];
        }

        TensorPrimitives.Divide(gradient, tasks, gradient);
        TaskExamples examples = builder.Build(descriptors, configuration.Tasks.Shot, configuration.Tasks.Query);
        return new MetaGradientSample(
            layout, theta, examples.SupportX, examples.SupportY, examples.QueryX, examples.QueryY, examples.LabelsAreClasses, gradient, loss / tasks);
    }

    private static (float[] Sum, AdaptationCurves Curves) Compute(
        IMetaLearner learner, float[] theta, TaskExamples examples, int innerSteps, torch.Device device, torch.ScalarType type)
    {
        torch.Tensor parameters = torch.tensor(theta, torch.float32).to(type, device);
        MetaGradient result = learner.ComputeMetaGradient(parameters, TaskBatch.From(examples, device, type), innerSteps);
        return (HostCopy.ToArray(result.Sum), result.Curves);
    }
}
