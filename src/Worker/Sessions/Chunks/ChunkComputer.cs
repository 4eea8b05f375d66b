using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;
using InlineTask = Maml.Cluster.Shared.Tasks.InlineTask;
using Loss = Maml.Cluster.Shared.Configuration.Loss;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Computes chunks on a device. What the next chunk is likely to need again is kept: the newest θ on the device, the run's meta-learner and builder.</summary>
internal sealed class ChunkComputer(DeviceThread device, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly ComputeClock _clock = new(timeProvider);
    private ParameterVersion? _version;
    private torch.Tensor? _theta;
    private RunConfiguration? _configuration;
    private ImageDataSet? _dataSet;
    private IMetaLearner? _learner;
    private ITaskBuilder? _builder;

    /// <summary>Computes a chunk.</summary>
    /// <param name="work">The chunk.</param>
    /// <param name="cancellationToken">Takes a chunk back that has not begun.</param>
    /// <exception cref="ChunkException">The chunk cannot be computed; the message says why.</exception>
    public async Task<ChunkOutcome> ComputeAsync(ChunkWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await device.RunAsync(on => Compute(work, on), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw ChunkException.From(e, device.Description.Name, work.Tasks.Count);
        }
    }

    /// <summary>Frees what is kept on the device.</summary>
    public async ValueTask DisposeAsync() => await device.RunAsync(_ => DropTheta(), CancellationToken.None);

    private ChunkOutcome Compute(ChunkWork work, torch.Device on)
    {
        long start = timeProvider.GetTimestamp();
        Prepare(work, on);
        TaskBatch tasks = TaskBatch.From(BuildExamples(work), on, torch.float32);
        torch.Tensor theta = ThetaOnDevice(work.Theta, on);
        TimeSpan sampling = timeProvider.GetElapsedTime(start);

        long computing = timeProvider.GetTimestamp();
        if (work.Purpose == ChunkPurpose.Prediction)
        {
            float[] outputs = HostCopy.ToArray(_learner!.ComputeOutputs(theta, tasks, work.InnerSteps));
            return new ChunkOutcome([], null, sampling, timeProvider.GetElapsedTime(computing), default, outputs);
        }

        if (work.Purpose == ChunkPurpose.Adaptation)
        {
            AdaptationCurves curves = _learner!.ComputeCurves(theta, tasks, work.InnerSteps);
            return new ChunkOutcome([], curves, sampling, timeProvider.GetElapsedTime(computing), default);
        }

        _clock.Start();
        MetaGradient gradient = _learner!.ComputeMetaGradient(theta, tasks, work.InnerSteps, work.WholeCurve, _clock);
        float[] sum = HostCopy.ToArray(gradient.Sum);
        return new ChunkOutcome(sum, gradient.Curves, sampling, timeProvider.GetElapsedTime(computing), _clock.Times);
    }

    private void Prepare(ChunkWork work, torch.Device on)
    {
        if (!ReferenceEquals(_configuration, work.Configuration) || !ReferenceEquals(_dataSet, work.DataSet))
        {
            _builder = null;
            _learner = MetaLearners.Create(work.Configuration, on.type, torch.float32);
            (_configuration, _dataSet) = (work.Configuration, work.DataSet);
        }
    }

    private TaskExamples BuildExamples(ChunkWork work)
    {
        if (work.Purpose == ChunkPurpose.Prediction)
        {
            bool labelsAreClasses = work.Configuration.Loss == Loss.CrossEntropy;
            return new InlineTaskBuilder(TaskShape.Of(work.Configuration.Tasks), labelsAreClasses).Build(TaskException.Require<InlineTask>(work.Tasks[0]));
        }

        _builder ??= TaskBuilders.Create(work.Configuration.Tasks, work.DataSet);
        return _builder.Build(work.Tasks, work.Shot, work.Query);
    }

    private torch.Tensor ThetaOnDevice(ParameterVersion version, torch.Device on)
    {
        if (_theta is not null && ReferenceEquals(_version, version)) return _theta;
        DropTheta();
        _theta = torch.tensor(version.Values, torch.float32, on).DetachFromDisposeScope();
        _version = version;
        return _theta;
    }

    private bool DropTheta()
    {
        _theta?.Dispose();
        (_theta, _version) = (null, null);
        return true;
    }
}
