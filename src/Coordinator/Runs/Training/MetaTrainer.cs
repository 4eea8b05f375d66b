using System.Diagnostics;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Tasks;
using OuterConfiguration = Maml.Cluster.Shared.Configuration.OuterConfiguration;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>θ, its optimizer, and one iteration after the other. Knows no files and no clients; time is only measured.</summary>
internal sealed class MetaTrainer : IDisposable
{
    private readonly RunContext _run;
    private readonly RoundDispatcher _dispatcher;
    private readonly AdamOptimizer _optimizer;
    private readonly MetaGradientSum _sum;
    private readonly IterationClock _clock;
    private (long Iteration, IReadOnlyList<Chunk> Chunks)? _sampled;

    /// <summary>Starts from a checkpoint, or else from the initial values that the run's seed gives.</summary>
    public MetaTrainer(RunContext run, RoundDispatcher dispatcher, TimeProvider time, Checkpoint? origin)
    {
        _run = run;
        _dispatcher = dispatcher;
        float[] theta = origin?.Parameters.ToArray() ?? run.Layout.CreateInitialValues(run.Configuration.Seed);
        _optimizer = origin is null
            ? new AdamOptimizer(theta.Length)
            : new AdamOptimizer(origin.FirstMoment.ToArray(), origin.SecondMoment.ToArray(), origin.OptimizerStep);
        _sum = new MetaGradientSum(run.Vectors, run.Configuration.Chunk.Group, Outer.GradientPrecision);
        _clock = new IterationClock(time);
        Iteration = origin?.Iteration ?? 0;
        Parameters = ParametersVersion.Own(run.RunId, (ulong)Iteration + 1, theta, run.Vectors, run.Handover);
    }

    /// <summary>Iterations done.</summary>
    public long Iteration { get; private set; }

    /// <summary>θ as the workers get it. Held until the next iteration has ended, or this is disposed.</summary>
    public ParametersVersion Parameters { get; private set; }

    /// <summary>θ.</summary>
    public ReadOnlySpan<float> Theta => Parameters.Values;

    private OuterConfiguration Outer => _run.Configuration.Outer;

    /// <summary>Everything as it is now; shares memory with the trainer, so it is for use before the next iteration.</summary>
    public Checkpoint CreateCheckpoint() => new(
        _run.RunId, _run.Configuration, Iteration, _optimizer.Step, Parameters.Memory, _optimizer.FirstMoment, _optimizer.SecondMoment);

    /// <summary>Makes one iteration. When it is cancelled or fails, θ is as before.</summary>
    /// <exception cref="RoundFailedException">No worker could compute a chunk, or the meta-gradient overflowed.</exception>
    public async Task<IterationOutcome> StepAsync(CancellationToken cancellationToken)
    {
        _clock.Begin();
        IReadOnlyList<Chunk> chunks = Sample(Iteration);
        _clock.Sampled();
        using Round round = _dispatcher.Start(new RoundWork
        {
            Run = _run,
            Parameters = Parameters,
            Iteration = Iteration,
            Purpose = ChunkPurpose.MetaGradient,
            InnerSteps = _run.Configuration.Inner.Steps,
            WholeCurve = IsCurveDue(Iteration),
            Query = _run.Configuration.Tasks.Query,
            Chunks = chunks,
            Group = _run.Configuration.Chunk.Group,
        });

        // Who brought the last round's outcome has a stream to read.
        await OwnThread.Take();

        // While the workers compute, the next meta-batch is drawn.
        if (Iteration + 1 < Outer.Iterations)
        {
            IReadOnlyList<Chunk> next = Sample(Iteration + 1);
            _sampled = (Iteration + 1, next);
            round.Forecast(next);
        }

        _clock.SampledAhead();

        _sum.Begin(chunks.Count);
        // The curves of a group stand at its first chunk, so that they stay in the order of tasks.
        var curves = new IReadOnlyList<TaskCurve>[chunks.Count];
        Array.Fill(curves, []);
        try
        {
            await foreach (ChunkOutcome outcome in round.ReadAllAsync(cancellationToken))
            {
                _clock.Received(outcome.Trace);
                curves[outcome.Chunk] = outcome.Curves;
                _sum.Add(outcome.Chunk, outcome.Gradient!, outcome.Count);
            }
        }
        catch (OperationCanceledException)
        {
            // Who cancels may be a timer, or hold a lock.
            await OwnThread.Take();
            throw;
        }

        return Update(curves);
    }

    /// <summary>Lets go of θ: its file in this machine's memory is for others to use.</summary>
    public void Dispose() => Parameters.Release();

    private IterationOutcome Update(IReadOnlyList<IReadOnlyList<TaskCurve>> curves)
    {
        Span<float> gradient = Reduce(out double norm);
        double learningRate = LearningRateSchedules.At(Outer, Iteration);

        // A vector of its own for each version: the one before may still be on its way to a worker.
        ParametersVersion before = Parameters;
        float[] theta = _run.Vectors.Rent();
        using (CoordinatorTracing.Start("adam")) _optimizer.Update(before.Values, gradient, learningRate, theta);
        _clock.Updated();
        Iteration++;
        Parameters = ParametersVersion.Own(_run.RunId, before.Version + 1, theta, _run.Vectors, _run.Handover);
        before.Release();
        int steps = _run.Configuration.Inner.Steps;
        return new IterationOutcome(CurveMeans.Loss(curves, steps), CurveMeans.Accuracy(curves, steps), norm, learningRate, _clock.Published());
    }

    private Span<float> Reduce(out double norm)
    {
        using Activity? span = CoordinatorTracing.Start("reduce");
        Span<float> gradient = _sum.TakeMean(Outer.TasksPerIteration, out norm);
        if (!double.IsFinite(norm))
        {
            throw new RoundFailedException(
                $"The averaged meta-gradient of iteration {Iteration} overflowed. Lower inner.learningRate or outer.learningRate, or set outer.clipNorm.");
        }

        GradientNorm.Clip(gradient, norm, Outer.ClipNorm);
        _clock.Reduced();
        return gradient;
    }

    // The iteration decides, so that a run that is resumed has the same rows.
    private bool IsCurveDue(long iteration) => Outer.CurveEvery > 0 && iteration % Outer.CurveEvery == 0;

    private IReadOnlyList<Chunk> Sample(long iteration) => _sampled is { } sampled && sampled.Iteration == iteration
        ? sampled.Chunks
        : MetaBatch.Sample(
            _run, TaskSplit.Train, iteration, Outer.TasksPerIteration, _run.Configuration.Tasks.Query, _run.Configuration.Chunk.Tasks);
}
