namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Paths from clients, which must not lead out of a folder.</summary>
internal static class ConfinedPath
{
    /// <summary>The full path of a relative one.</summary>
    /// <param name="root">The folder that it must stay in.</param>
    /// <param name="relativePath">The path; from a client.</param>
    /// <returns>Null when it is empty, absolute, or leads to <paramref name="root"/> itself or out of it, by <c>..</c> or by a link.</returns>
    public static string? Resolve(string root, string relativePath)
    {
        if (string.IsNullOrWhiteSpace(relativePath) || Path.IsPathRooted(relativePath) || relativePath.Contains('\0')) return null;
        string full = Path.GetFullPath(relativePath, Path.GetFullPath(root));
        if (!IsWithin(root, full)) return null;

        // A link on the way counts as much as the last one.
        for (string path = full; IsWithin(root, path); path = Path.GetDirectoryName(path)!)
            if (Target(path) is { } target && !IsWithin(root, target)) return null;
        return full;
    }

    private static bool IsWithin(string root, string full)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar;
        return full.StartsWith(folder, StringComparison.Ordinal) && full.Length > folder.Length;
    }

    private static string? Target(string path) =>
        Path.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
}
