using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>Puts the results of one worker together from its messages, checks them and hands them on.</summary>
/// <param name="connection">The worker.</param>
/// <param name="dispatcher">Where results and failures go.</param>
/// <param name="metrics">Measures chunks.</param>
/// <param name="logger">Told of answers that are dropped.</param>
internal sealed class ResultReceiver(WorkerConnection connection, RoundDispatcher dispatcher, ChunkMetrics metrics, ILogger logger)
{
    private LeaseGrant? _grant;
    private ChunkResult? _result;
    private float[]? _vector;
    private VectorAssembler? _assembler;
    private string? _nonsense;
    private long _bytes;

    /// <summary>Takes a result in; its meta-gradient follows where there is one.</summary>
    public void Begin(ChunkResult result)
    {
        if (_grant is not null) Fail("another result came before its meta-gradient was complete");
        if (dispatcher.Find(connection.Id, result.LeaseId) is not { } grant)
        {
            Drop(result.LeaseId);
            return;
        }

        _grant = grant;
        _result = result;
        _bytes = result.CalculateSize();
        RoundWork work = grant.Round.Work;
        metrics.Received(_bytes);
        if (ChunkResultChecks.FaultOf(work, grant.Chunk, result, grant.Count) is { } fault)
        {
            if (ChunkResultChecks.HasNaN(result)) metrics.NotFinite();
            Fail(fault);
        }
        else if (work.WantsGradient)
        {
            _vector = work.Run.Vectors.Rent();
            _assembler = new VectorAssembler(
                work.Run.RunId, grant.LeaseId, _vector, work.Run.Configuration.Outer.GradientPrecision, connection.Handover);
            if (result.Gradient is { } frame) Add(frame);
        }
        else
        {
            Complete();
        }
    }

    /// <summary>Takes a piece of the meta-gradient in, and its buffer. Pieces that follow a dropped result are dropped too.</summary>
    public void Add(VectorFrame frame)
    {
        try
        {
            if (_assembler is not null) Add(frame, _assembler);
        }
        catch (FormatException fault)
        {
            Fail(fault.Message);
        }
        finally
        {
            PooledFrames.Return(frame);
        }
    }

    /// <summary>Takes in that a chunk could not be computed.</summary>
    public void Fail(ChunkFailure failure)
    {
        if (dispatcher.Find(connection.Id, failure.LeaseId) is { } grant) dispatcher.Fail(grant, failure.Reason);
        else Drop(failure.LeaseId);
    }

    private void Add(VectorFrame frame, VectorAssembler assembler)
    {
        int bytes = frame.CalculateSize();
        _bytes += bytes;
        metrics.Received(bytes);
        int earlier = assembler.Received;
        bool isComplete = assembler.Add(frame);
        _nonsense ??= ChunkResultChecks.FaultOf(_vector.AsSpan(earlier, assembler.Received - earlier));
        if (!isComplete) return;
        if (_nonsense is null)
        {
            Complete();
        }
        else
        {
            metrics.NotFinite();
            Fail(_nonsense);
        }
    }

    private void Complete()
    {
        var curves = new TaskCurve[_result!.Curves.Count];
        for (int task = 0; task < curves.Length; task++) curves[task] = new TaskCurve(_result.Curves[task].Loss, _result.Curves[task].Accuracy);
        ChunkTrace trace = ChunkTrace.From(_grant!, _result.Timings, _bytes);
        var outcome = new ChunkOutcome(_grant!.Chunk, curves, _vector, trace, _grant.Count) { Outputs = [.. _result.Outputs.Select(task => task.Values)] };
        if (dispatcher.Complete(_grant!, outcome))
        {
            _vector = null;
            metrics.Completed(trace);
        }
        else
        {
            logger.StaleAnswer(connection.Name, _grant!.LeaseId);
        }

        Reset();
    }

    private void Drop(ulong leaseId)
    {
        if (dispatcher.IsLate(connection.Id, leaseId)) logger.StaleAnswer(connection.Name, leaseId);
    }

    private void Fail(string reason)
    {
        dispatcher.Fail(_grant!, reason);
        Reset();
    }

    private void Reset()
    {
        if (_vector is not null) _grant!.Round.Work.Run.Vectors.Return(_vector);
        _grant = null;
        _result = null;
        _vector = null;
        _assembler = null;
        _nonsense = null;
    }
}
