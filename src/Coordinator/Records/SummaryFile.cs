using System.Text.Json;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>Writes <c>summary.json</c>.</summary>
internal static class SummaryFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Writes the whole file, or leaves what was there.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string path, SummaryDocument summary) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, summary, Options));
}
