namespace Maml.Cluster.Cli.Doctor;

/// <summary>The shared libraries that this process has loaded: the only ones that count, whatever else is installed.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The path of the first library whose file name begins so; null when there is none.</summary>
    public static string? Find(params string[] prefixes) => Read()
        .FirstOrDefault(path => Array.Exists(prefixes, prefix => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)));

    private static IEnumerable<string> Read() => File.ReadLines(Maps)
        .Select(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var start ? line[start..] : "")
        .Where(path => path.Contains(".so", StringComparison.Ordinal))
        .Distinct();
}
