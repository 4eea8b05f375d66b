namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>Where tests find the real data set: beside the repository, in shared/data/omniglot.</summary>
internal static class Omniglot
{
    public static string Folder { get; } = Path.Combine(FindRepository(), "..", "shared", "data", "omniglot");

    public static bool IsPresent => File.Exists(Path.Combine(Folder, "images_background.zip"));

    public static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Maml.Cluster.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Maml.Cluster.sln above {AppContext.BaseDirectory}.");
    }
}
