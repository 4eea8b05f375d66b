namespace Maml.Cluster.Shared.Data;

/// <summary>Where decoded data sets are kept unless the user says otherwise.</summary>
public static class CacheDirectory
{
    /// <summary><c>$XDG_CACHE_HOME/maml/datasets</c>, or <c>~/.cache/maml/datasets</c>.</summary>
    /// <exception cref="DataSetException">Neither the variable nor a home folder is there.</exception>
    public static string Default() => Choose(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    internal static string Choose(string? cacheHome, string home)
    {
        // The XDG specification has relative paths ignored.
        if (Path.IsPathRooted(cacheHome))
            return Path.Combine(cacheHome, "maml", "datasets");
        return home.Length > 0
            ? Path.Combine(home, ".cache", "maml", "datasets")
            : throw DataSetException.Of(
                "Cache folder", "no home folder", "XDG_CACHE_HOME or HOME", "Set one of them, or name a cache folder.");
    }
}
