using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>What a session knows about a run. Its chunks come only after this.</summary>
internal sealed class AttachedRun
{
    private ChunkLease? _forecast;

    private AttachedRun(
        string runId, RunConfiguration? configuration, string dataSetHash, VectorPool? vectors, ParameterShelf? parameters, string? fault)
    {
        Vectors = vectors;
        RunId = runId;
        Configuration = configuration;
        DataSetHash = dataSetHash;
        Parameters = parameters;
        Fault = fault;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Its configuration; null when <see cref="Fault"/> is set.</summary>
    public RunConfiguration? Configuration { get; }

    /// <summary>Content hash of its data set; empty when it needs none.</summary>
    public string DataSetHash { get; }

    /// <summary>Vectors of the length of θ; null when <see cref="Fault"/> is set.</summary>
    public VectorPool? Vectors { get; }

    /// <summary>The versions of θ that have arrived; null when <see cref="Fault"/> is set.</summary>
    public ParameterShelf? Parameters { get; }

    /// <summary>Why no chunk of the run can be computed here; null when they can.</summary>
    public string? Fault { get; }

    /// <summary>Notes the chunk that is likely to come next.</summary>
    public void Foresee(ChunkLease forecast) => Volatile.Write(ref _forecast, forecast);

    /// <summary>The chunk that is likely to come next, once; null when nothing is known.</summary>
    public ChunkLease? TakeForecast() => Interlocked.Exchange(ref _forecast, null);

    /// <summary>Takes a specification in. A bad one gives a run with a <see cref="Fault"/>: other runs of the stream go on.</summary>
    /// <param name="specification">The specification.</param>
    /// <param name="handover">Where θ may lie; null for nowhere.</param>
    public static AttachedRun From(RunSpecification specification, HandoverReader? handover)
    {
        try
        {
            RunConfiguration configuration = RunConfigurationMessages.FromMessage(specification.Configuration);
            int count = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;
            if (specification.ParameterCount == (ulong)count) return Sound(specification, configuration, new VectorPool(count), handover);
            return Faulty(
                specification,
                $"run '{specification.RunId}' announces {specification.ParameterCount} parameters; its model has {count} here. Coordinator and worker should run the same version.");
        }
        catch (ConfigurationException e)
        {
            return Faulty(specification, e.Message);
        }
    }

    /// <summary>A run that another coordinator has taken from the one which specifies it.</summary>
    /// <param name="specification">What came.</param>
    /// <param name="seen">The epoch that was seen of it.</param>
    public static AttachedRun Stale(RunSpecification specification, ulong seen) => Faulty(
        specification, $"run '{specification.RunId}' came under epoch {specification.Epoch}, but epoch {seen} was seen of it: another coordinator works on it now");

    private static AttachedRun Sound(RunSpecification specification, RunConfiguration configuration, VectorPool vectors, HandoverReader? handover) =>
        new(specification.RunId, configuration, specification.DataSetHash, vectors, new ParameterShelf(specification.RunId, vectors, handover), fault: null);

    private static AttachedRun Faulty(RunSpecification specification, string fault) =>
        new(specification.RunId, configuration: null, specification.DataSetHash, vectors: null, parameters: null, fault);
}
