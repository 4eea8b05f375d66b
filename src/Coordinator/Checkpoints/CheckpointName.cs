using System.Globalization;
using System.Text.RegularExpressions;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// Names of checkpoint files: <c>iteration-000000500.safetensors</c>, and <c>iteration-000000500-2.safetensors</c> where that one is
/// taken by a good checkpoint of the same iteration, which must stay until its successor is safe.
/// </summary>
internal static partial class CheckpointName
{
    private const string Pattern = "iteration-*.safetensors";

    /// <summary>The name of an iteration's checkpoint.</summary>
    /// <param name="iteration">Iterations done.</param>
    /// <param name="attempt">1, or 2 when the first name is taken, and so on.</param>
    public static string Of(long iteration, int attempt) => attempt == 1
        ? string.Create(CultureInfo.InvariantCulture, $"iteration-{iteration:D9}.safetensors")
        : string.Create(CultureInfo.InvariantCulture, $"iteration-{iteration:D9}-{attempt}.safetensors");

    /// <summary>The iteration in a name; null for any other name, and for whatever holds a path.</summary>
    public static long? IterationOf(string name) =>
        Shape().Match(name) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long iteration)
            ? iteration
            : null;

    /// <summary>The names of checkpoints that are in a folder, in no order; empty when it is not there or cannot be read.</summary>
    public static IReadOnlyList<string> In(string directory)
    {
        try
        {
            return [.. Directory.GetFiles(directory, Pattern).Select(path => Path.GetFileName(path)).Where(name => IterationOf(name) is not null)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"\Aiteration-([0-9]{9,19})(-[0-9]{1,9})?\.safetensors\z")]
    private static partial Regex Shape();
}
