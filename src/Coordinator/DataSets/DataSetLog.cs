namespace Maml.Cluster.Coordinator.DataSets;

/// <summary>What is said about data sets. Event ids 4000 to 4099.</summary>
internal static partial class DataSetLog
{
    [LoggerMessage(4000, LogLevel.Information, "Data set '{Name}' is open: {Classes} classes, {Images} images, after {Seconds:0.0} s.")]
    public static partial void Opened(this ILogger logger, string name, int classes, int images, double seconds);

    [LoggerMessage(4001, LogLevel.Warning, "Cache of data sets: {Fault}")]
    public static partial void CacheFault(this ILogger logger, string fault);
}
