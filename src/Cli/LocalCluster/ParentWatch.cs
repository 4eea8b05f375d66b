namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>
/// Tells a child that its parent has gone: the parent holds the other end of the child's standard input and never
/// writes, so the system closes it however the parent ends, SIGKILL included.
/// </summary>
internal static class ParentWatch
{
    /// <summary>Completes when the other end of <paramref name="standardInput"/> is closed.</summary>
    public static async Task WaitAsync(Stream standardInput, CancellationToken cancellation)
    {
        byte[] ignored = new byte[64];
        while (await standardInput.ReadAsync(ignored, cancellation) > 0)
        {
        }
    }
}
