using Maml.Cluster.Protos.V1;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Computes chunks on a device. What the next chunk is likely to need is kept: the newest θ on the device, the run's meta-learner, the tensors that were drawn ahead.</summary>
internal sealed class ChunkComputer(DeviceThread device, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly ComputeClock _clock = new(timeProvider);
    private readonly ChunkDrawing _drawing = new();
    private ParameterVersion? _version;
    private torch.Tensor? _theta;
    private RunConfiguration? _configuration;
    private IMetaLearner? _learner;

    /// <summary>Draws the tensors of a chunk that is likely to come next. What makes it impossible is left for the chunk itself to meet.</summary>
    /// <param name="forecast">The chunk.</param>
    /// <param name="cancellationToken">Takes it back while it has not begun.</param>
    public Task DrawAheadAsync(ChunkWork forecast, CancellationToken cancellationToken) => device.RunAsync(on => TryDrawAhead(forecast, on), cancellationToken);

    /// <summary>Computes a chunk.</summary>
    /// <typeparam name="T">What is made of the outcome.</typeparam>
    /// <param name="work">The chunk.</param>
    /// <param name="conclude">Makes it, on the device's thread: the outcome is in that processor's cache, and no other thread has to wake up.</param>
    /// <param name="cancellationToken">Takes a chunk back that has not begun.</param>
    /// <exception cref="ChunkException">The chunk cannot be computed; the message says why.</exception>
    public async Task<T> ComputeAsync<T>(ChunkWork work, Func<ChunkOutcome, T> conclude, CancellationToken cancellationToken)
    {
        try
        {
            return await device.RunAsync(on => conclude(Compute(work, on)), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw ChunkException.From(e, device.Description.Name, work.Tasks.Count);
        }
    }

    /// <summary>Frees what is kept on the device.</summary>
    public async ValueTask DisposeAsync() => await device.RunAsync(_ => Drop(), CancellationToken.None);

    private bool TryDrawAhead(ChunkWork forecast, torch.Device on)
    {
        try
        {
            _drawing.DrawAhead(forecast, on);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private ChunkOutcome Compute(ChunkWork work, torch.Device on)
    {
        long start = timeProvider.GetTimestamp();
        Prepare(work, on);
        TaskBatch tasks = _drawing.Take(work, on);
        torch.Tensor theta = ThetaOnDevice(work.Theta!, on);
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
        float[] sum = work.Vectors.Rent();
        HostCopy.CopyTo(gradient.Sum, sum);
        return new ChunkOutcome(sum, gradient.Curves, sampling, timeProvider.GetElapsedTime(computing), _clock.Times);
    }

    private void Prepare(ChunkWork work, torch.Device on)
    {
        if (ReferenceEquals(_configuration, work.Configuration)) return;
        _learner = MetaLearners.Create(work.Configuration, on.type, torch.float32);
        _configuration = work.Configuration;
    }

    private torch.Tensor ThetaOnDevice(ParameterVersion version, torch.Device on)
    {
        if (_theta is not null && ReferenceEquals(_version, version)) return _theta;
        DropTheta();
        _theta = torch.tensor(version.Values, torch.float32, on).DetachFromDisposeScope();
        _version = version;
        return _theta;
    }

    private void DropTheta()
    {
        _theta?.Dispose();
        (_theta, _version) = (null, null);
    }

    private bool Drop()
    {
        DropTheta();
        _drawing.Dispose();
        return true;
    }
}
