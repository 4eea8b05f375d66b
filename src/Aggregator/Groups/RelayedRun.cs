using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Aggregator.Groups;

/// <summary>A run as its coordinator has specified it, and the versions of θ that have come. For use by the loop that reads the stream.</summary>
internal sealed class RelayedRun
{
    // The iteration's, the one before, and as many for an evaluation beside it.
    private const int Capacity = 4;

    private readonly Queue<ParametersVersion> _versions = new();
    private VectorAssembler? _assembler;
    private float[] _arriving = [];

    private RelayedRun(string runId, RunContext? context, string? fault)
    {
        RunId = runId;
        Context = context;
        Fault = fault;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>What its rounds have in common; null when <see cref="Fault"/> is set.</summary>
    public RunContext? Context { get; }

    /// <summary>Why no chunk of it can be relayed; null when they can.</summary>
    public string? Fault { get; }

    /// <summary>Takes a specification in. A bad one gives a run with a <see cref="Fault"/>: other runs of the stream go on.</summary>
    public static RelayedRun From(RunSpecification specification)
    {
        try
        {
            RunConfiguration configuration = RunConfigurationMessages.FromMessage(specification.Configuration);
            var context = new RunContext(specification.RunId, configuration, new RelayedTasks(), specification.DataSetHash, (long)specification.Epoch);
            return specification.ParameterCount == (ulong)context.Layout.Count
                ? new RelayedRun(specification.RunId, context, null)
                : new RelayedRun(specification.RunId, null,
                    $"run '{specification.RunId}' announces {specification.ParameterCount} parameters; its model has {context.Layout.Count} here. "
                    + "Coordinator and aggregator should run the same version.");
        }
        catch (ConfigurationException e)
        {
            return new RelayedRun(specification.RunId, null, e.Message);
        }
    }

    /// <summary>A run that another coordinator has taken from the one which specifies it.</summary>
    /// <param name="specification">What came.</param>
    /// <param name="seen">The epoch that was seen of it.</param>
    public static RelayedRun Stale(RunSpecification specification, ulong seen) => new(
        specification.RunId, null,
        $"run '{specification.RunId}' came under epoch {specification.Epoch}, but epoch {seen} was seen of it: another coordinator works on it now");

    /// <summary>Takes a piece of θ in.</summary>
    /// <exception cref="FormatException">It does not fit what came before, or the checksum does not hold.</exception>
    public void Add(VectorFrame frame)
    {
        if (Context is null) return;
        if (_assembler is null)
        {
            _arriving = Context.Vectors.Rent();
            _assembler = new VectorAssembler(RunId, frame.VectorId, _arriving);
        }

        if (!_assembler.Add(frame)) return;
        _assembler = null;
        if (_versions.Count == Capacity) _versions.Dequeue().Release();
        _versions.Enqueue(ParametersVersion.Own(RunId, frame.VectorId, _arriving, Context.Vectors));
    }

    /// <summary>A version of θ that is here, held for the caller; null when it is not here.</summary>
    public ParametersVersion? Hold(ulong version) =>
        _versions.LastOrDefault(candidate => candidate.Version == version) is { } found && found.TryHold() ? found : null;

    /// <summary>Lets go of every version.</summary>
    public void Forget()
    {
        while (_versions.TryDequeue(out ParametersVersion? version)) version.Release();
    }
}
