using System.Text.RegularExpressions;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Documentation;

/// <summary>docs/kubernetes.md.</summary>
internal static partial class KubernetesPage
{
    public static string Text { get; } = File.ReadAllText(Repository.At("docs", "kubernetes.md"));

    /// <summary>Its blocks of commands.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. Block().Matches(Text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
