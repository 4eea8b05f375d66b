namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>What is deployed beside the programs.</summary>
internal static class DeployFolder
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = Find();

    /// <summary>Prometheus' rules.</summary>
    public static string[] Rules { get; } = Directory.GetFiles(Path.Combine(Repository, "deploy", "prometheus", "rules"), "*.yaml");

    /// <summary>Their unit tests.</summary>
    public static string[] RuleTests { get; } = Directory.GetFiles(Path.Combine(Repository, "deploy", "prometheus", "tests"), "*.yaml");

    /// <summary>Grafana's dashboards.</summary>
    public static string[] Dashboards { get; } = Directory.GetFiles(Path.Combine(Repository, "deploy", "grafana", "dashboards"), "*.json");

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Maml.Cluster.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Maml.Cluster.sln above {AppContext.BaseDirectory}.");
    }
}
