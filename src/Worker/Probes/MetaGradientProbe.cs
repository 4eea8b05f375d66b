using System.Numerics.Tensors;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Sessions.Chunks;
using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Probes;

/// <summary>Computes the meta-gradient of a run's first iteration in the open: the same tasks, θ and arithmetic as in training.</summary>
public static class MetaGradientProbe
{
    /// <summary>Computes it at θ₀, chunk by chunk as the run would.</summary>
    /// <param name="configuration">A validated configuration; its seed decides on θ₀ and the tasks.</param>
    /// <param name="dataSet">The data set that the tasks draw from; null for sources that need none.</param>
    /// <param name="tasks">How many of the iteration's tasks to take, from the first; 1 or more.</param>
    /// <param name="device">PyTorch's name of the device.</param>
    /// <param name="cancellationToken">Gives up between chunks.</param>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    /// <exception cref="ArgumentException">The source needs a data set and there is none, or the split does not fit it.</exception>
    public static async Task<MetaGradientSample> ComputeAsync(
        RunConfiguration configuration, ImageDataSet? dataSet, int tasks, string device, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ITaskSampler sampler = TaskSamplers.Create(configuration.Tasks, dataSet);
        TaskDescriptor[] descriptors = [.. Enumerable.Range(0, tasks)
            .Select(index => sampler.Sample(configuration.Seed, new TaskAddress(TaskSplit.Train, 0, index), configuration.Tasks.Query))];
        ParameterLayout layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        var theta = new ParameterVersion(configuration.Name, 0, layout.CreateInitialValues(configuration.Seed));

        float[] gradient = new float[layout.Count];
        float loss = 0;
        await using DeviceThread thread = await DeviceThread.StartAsync(device, threads: 1);
        await using var computer = new ChunkComputer(thread, TimeProvider.System);
        foreach (TaskDescriptor[] chunk in descriptors.Chunk(configuration.Chunk.Tasks))
        {
            var work = new ChunkWork(
                configuration, dataSet, theta, true, configuration.Inner.Steps, chunk, configuration.Tasks.Shot, configuration.Tasks.Query);
            ChunkOutcome outcome = await computer.ComputeAsync(work, cancellationToken);
            TensorPrimitives.Add(gradient, outcome.Gradient, gradient);
            for (int task = 0; task < chunk.Length; task++) loss += outcome.Curves.LossOf(task)[^1];
        }

        TensorPrimitives.Divide(gradient, tasks, gradient);
        TaskExamples examples = TaskBuilders.Create(configuration.Tasks, dataSet).Build(descriptors, configuration.Tasks.Shot, configuration.Tasks.Query);
        return new MetaGradientSample(
            layout, theta.Values, examples.SupportX, examples.SupportY, examples.QueryX, examples.QueryY, examples.LabelsAreClasses, gradient, loss / tasks);
    }
}
