using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Probes;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>A configuration with θ and tasks drawn for it, on the CPU.</summary>
internal sealed class Problem
{
    private const ulong ThetaStream = 99;

    public Problem(RunConfiguration configuration, int tasks, ulong seed = 5)
    {
        Configuration = configuration;
        Layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        DataSet = TaskBuilders.NeedsDataSet(configuration.Tasks.Source) ? Pictures.Create() : null;
        Descriptors = [.. Enumerable.Range(0, tasks).Select(index => Sampler.Sample(seed, new TaskAddress(TaskSplit.Train, 0, index), configuration.Tasks.Query))];

        // Off θ₀: zero biases and unit scales hide errors in their own derivatives.
        Theta = Layout.CreateInitialValues(seed);
        var random = new RandomStream(seed, ThetaStream);
        foreach (ref float value in Theta.AsSpan()) value += (float)(0.1 * random.NextNormal());
    }

    public RunConfiguration Configuration { get; }

    public ParameterLayout Layout { get; }

    public ImageDataSet? DataSet { get; }

    public TaskDescriptor[] Descriptors { get; }

    public float[] Theta { get; }

    public AdaptedLoss Loss => new(
        ModelFactory.Create(Configuration.Model), LossFactory.Create(Configuration.Loss), Layout, Configuration.Inner.LearningRate);

    private ITaskSampler Sampler => DataSet is null
        ? TaskSamplers.Create(Configuration.Tasks, null)
        : new ImageTaskSampler([0, 1, 2, 3, 4], [5, 6, 7], DataSet.ExamplesPerClass, Configuration.Tasks.Way, Configuration.Tasks.Shot);

    public TaskBatch Batch(torch.ScalarType precision, Range? range = null) => TaskBatch.From(
        TaskBuilders.Create(Configuration.Tasks, DataSet).Build(Descriptors[range ?? Range.All], Configuration.Tasks.Shot, Configuration.Tasks.Query),
        torch.CPU,
        precision);

    public torch.Tensor ThetaTensor(torch.ScalarType precision) => torch.tensor(Theta, precision);

    /// <summary>The meta-gradient by the general learner, or by the one that the worker would choose.</summary>
    public double[] Gradient(torch.ScalarType precision, int steps, Range? range = null, bool general = false)
    {
        // As on a worker. Threads that share a sum may round it differently each time, and a ReLU that is only just off then flips.
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        IMetaLearner learner = general ? General() : MetaLearners.Create(Configuration, DeviceType.CPU, precision);
        MetaGradient result = learner.ComputeMetaGradient(ThetaTensor(precision), Batch(precision, range), steps);
        return result.Sum.to_type(torch.float64).data<double>().ToArray();
    }

    public MetaLearner General(IModel? model = null) => new(
        model ?? ModelFactory.Create(Configuration.Model),
        LossFactory.Create(Configuration.Loss),
        Layout,
        Configuration.Algorithm,
        Configuration.SecondOrder,
        Configuration.Inner.LearningRate);
}
