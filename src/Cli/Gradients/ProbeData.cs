using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Cli.Gradients;

/// <summary>The data set that a probe's tasks draw from.</summary>
internal static class ProbeData
{
    /// <summary>The data set; null for sources that need none.</summary>
    /// <exception cref="CommandFailedException">The source needs a folder and none was given.</exception>
    /// <exception cref="DataSetException">The folder does not hold the data set.</exception>
    public static ImageDataSet? Open(TaskConfiguration tasks, string? folder, CancellationToken cancellation)
    {
        if (tasks.Source != TaskSourceKind.Omniglot) return null;
        return folder is null
            ? throw new CommandFailedException("The tasks are drawn from Omniglot; say where it is with --data DIR.")
            : new ImageDataSetCache(CacheDirectory.Default()).OpenOrDecode(folder, cancellation);
    }
}
