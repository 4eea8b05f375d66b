using BenchmarkDotNet.Attributes;
using Maml.Cluster.Scale;

namespace Maml.Cluster.Micro;

/// <summary>Whole rounds of one chunk: a real coordinator in a process of its own, and a stub that answers at once, over loopback.</summary>
public class RoundBenchmarks
{
    private ScaleCluster _cluster = null!;

    /// <summary>Next to nothing, and conv4 with 64 filters.</summary>
    [Params(100, 112_000)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Start()
    {
        var options = new ScaleOptions
        {
            Workers = [1], Parameters = [Parameters], ChunksPerWorker = 1, Duration = TimeSpan.Zero, Compute = TimeSpan.Zero,
        };
        _cluster = ScaleCluster.StartAsync(options, workers: 1, Parameters, CancellationToken.None).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Stop() => _cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>From the beginning of a round to that of the next.</summary>
    [Benchmark]
    public async Task Round() => await _cluster.NextRoundAsync(CancellationToken.None);
}
