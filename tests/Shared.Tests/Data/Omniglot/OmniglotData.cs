namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

/// <summary>Where the real data set lies for tests: in shared/data/omniglot beside the repository.</summary>
internal static class OmniglotData
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "data", "omniglot"));

    public static string? Missing { get; } =
        Array.Find(["images_background.zip", "images_evaluation.zip"], name => !File.Exists(Path.Combine(Folder, name))) is { } name
            ? $"Omniglot is not at hand: found no {name} in {Folder}."
            : null;

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
