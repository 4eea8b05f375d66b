using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tasks;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>What all rounds of a run have in common.</summary>
internal sealed class RunContext
{
    /// <summary>Prepares what a run's rounds need.</summary>
    /// <param name="runId">Identifier towards the workers.</param>
    /// <param name="configuration">A validated configuration.</param>
    /// <param name="sampler">Draws its tasks.</param>
    /// <param name="images">The data set; null for sources that need none.</param>
    /// <param name="epoch">How often the run was taken; 0 where no other coordinator can take it.</param>
    public RunContext(string runId, RunConfiguration configuration, ITaskSampler sampler, ImageDataSet? images, long epoch = 0)
        : this(runId, configuration, sampler, images?.ContentHash ?? "", epoch)
    {
    }

    /// <summary>Prepares what a run's rounds need where only the name of its data set is known.</summary>
    /// <param name="runId">Identifier towards the workers.</param>
    /// <param name="configuration">A validated configuration.</param>
    /// <param name="sampler">Draws its tasks.</param>
    /// <param name="dataSetHash">Content hash of the data set; empty when tasks need none.</param>
    /// <param name="epoch">How often the run was taken; 0 where no other coordinator can take it.</param>
    public RunContext(string runId, RunConfiguration configuration, ITaskSampler sampler, string dataSetHash, long epoch = 0)
    {
        RunId = runId;
        Epoch = epoch;
        Configuration = configuration;
        Layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        Sampler = sampler;
        DataSetHash = dataSetHash;
        Vectors = new VectorPool(Layout.Count);
        Specification = new CoordinatorMessage
        {
            Run = new RunSpecification
            {
                RunId = runId,
                Configuration = RunConfigurationMessages.ToMessage(configuration),
                DataSetHash = DataSetHash,
                ParameterCount = (ulong)Layout.Count,
                Epoch = (ulong)epoch,
            },
        };
    }

    /// <summary>Identifier towards the workers.</summary>
    public string RunId { get; }

    /// <summary>How often the run was taken by a coordinator; workers refuse chunks of an older one than they have seen.</summary>
    public long Epoch { get; }

    /// <summary>What the run does.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>The parameters of its model.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>Draws its tasks.</summary>
    public ITaskSampler Sampler { get; }

    /// <summary>Content hash of the data set; empty when tasks need none.</summary>
    public string DataSetHash { get; }

    /// <summary>Where workers of this machine may read θ; null for nowhere.</summary>
    public HandoverWriter? Handover { get; init; }

    /// <summary>Vectors of the length of θ, for meta-gradients.</summary>
    public VectorPool Vectors { get; }

    /// <summary>The message that tells a worker all this.</summary>
    public CoordinatorMessage Specification { get; }

    /// <summary>Whether tasks have labels to be right or wrong about.</summary>
    public bool IsClassification => Configuration.Loss != Shared.Configuration.Loss.Mse;
}
