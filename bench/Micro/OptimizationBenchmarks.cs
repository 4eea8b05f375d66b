using BenchmarkDotNet.Attributes;
using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Micro;

/// <summary>What the coordinator computes once a round, and once a chunk.</summary>
public class OptimizationBenchmarks
{
    private float[] _theta = [];
    private float[] _updated = [];
    private float[] _gradient = [];
    private float[] _sum = [];
    private AdamOptimizer _adam = null!;
    private VectorPool _pool = null!;
    private MetaGradientSum _reduce = null!;

    /// <summary>conv4 with 64 filters, and a large model.</summary>
    [Params(112_000, 5_000_000)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _theta = Draw(random);
        _updated = Draw(random);
        _gradient = Draw(random);
        _sum = Draw(random);
        _adam = new AdamOptimizer(Parameters);
        _pool = new VectorPool(Parameters);
        _reduce = new MetaGradientSum(_pool);
    }

    [Benchmark]
    public void Adam() => _adam.Update(_theta, _gradient, 0.001, _updated);

    /// <summary>The division by the number of tasks and the norm, in one pass. By one, so that it can be repeated.</summary>
    [Benchmark]
    public double MeanAndNorm() => GradientNorm.DivideAndMeasure(_sum, 1);

    /// <summary>Eight chunks in the order of arrival, and their mean.</summary>
    [Benchmark]
    public double ReduceEightChunks()
    {
        _reduce.Begin(8);
        for (int chunk = 0; chunk < 8; chunk++) _reduce.Add(chunk, _pool.Rent());
        _reduce.TakeMean(32, out double norm);
        return norm;
    }

    private float[] Draw(Random random) => [.. Enumerable.Range(0, Parameters).Select(_ => random.NextSingle() - 0.5f)];
}
