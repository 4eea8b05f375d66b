using System.Text.Encodings.Web;
using System.Text.Json;

namespace Maml.Cluster.Cli.Benchmarks.Reporting;

/// <summary>A report as JSON.</summary>
internal static class BenchmarkJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document.</summary>
    public static string Write(BenchmarkReport report) => JsonSerializer.Serialize(report, Options);
}
