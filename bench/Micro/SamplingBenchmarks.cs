using BenchmarkDotNet.Attributes;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Scale;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Micro;

/// <summary>What is done beside a round: the next meta-batch is drawn, and now and then a checkpoint written.</summary>
public class SamplingBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maml-micro-").FullName;
    private RunContext _run = null!;
    private Checkpoint _checkpoint = null!;
    private CheckpointStore _store = null!;
    private long _iteration;

    [GlobalSetup]
    public void Prepare()
    {
        RunConfiguration configuration = ScaleConfiguration.Create(chunks: 32, parameters: 112_000);
        _run = new RunContext("run", configuration, DataSetProvider.CreateSampler(configuration.Tasks, images: null), images: null);
        float[] vector = new float[_run.Layout.Count];
        _checkpoint = new Checkpoint("run", configuration, 0, 0, vector, vector, vector);
        _store = CheckpointStore.Open(_folder, new CheckpointRetention(Keep: 2, KeepBest: 0), higherIsBetter: false, _ => { });
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>A meta-batch of 32 tasks in chunks of 4.</summary>
    [Benchmark]
    public int SampleMetaBatch() => MetaBatch.Sample(_run, TaskSplit.Train, ++_iteration, tasks: 32, query: 15, chunkTasks: 4).Count;

    /// <summary>θ and both moments of 112,000 parameters: to the disk, named, and the one before last deleted.</summary>
    [Benchmark]
    public string WriteCheckpoint() => _store.Save(_checkpoint with { Iteration = ++_iteration });
}
