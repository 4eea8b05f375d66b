using System.CommandLine.Parsing;
using System.Globalization;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>Reads <c>--workers N|auto</c>.</summary>
internal static class WorkerCount
{
    private const int Most = 256;

    /// <summary>The number, or null for <c>auto</c>.</summary>
    public static int? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (text == "auto") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= Most) return count;
        result.AddError($"--workers is '{text}'; expected a whole number from 1 to {Most}, or 'auto' for one a core or GPU.");
        return null;
    }
}
