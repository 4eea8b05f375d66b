namespace Maml.Cluster.Scale;

/// <summary>Measures one pair of sizes, with a cluster of its own.</summary>
internal static class ScaleMeasurement
{
    /// <summary>Measures.</summary>
    public static async Task<ScaleResult> RunAsync(ScaleOptions options, int workers, int parameters, CancellationToken cancellationToken)
    {
        await using ScaleCluster cluster = await ScaleCluster.StartAsync(options, workers, parameters, cancellationToken);
        RoundSample first = await cluster.NextRoundAsync(cancellationToken);
        await Task.Delay(options.Duration, cancellationToken);
        RoundSample last = await cluster.NextRoundAsync(cancellationToken);
        return ScaleResult.Between(first, last, workers, options.Aggregators, cluster.Parameters, cluster.Coordinator.PeakMemory, cluster.CoordinatorBytes);
    }
}
