using System.Text.Json;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>Reads and writes <c>run.json</c>.</summary>
internal static class RunDocumentFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes the whole file, or leaves what was there.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static void Write(string path, RunDocument document) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, document, Options));

    /// <summary>Reads a file.</summary>
    /// <exception cref="RunRecordException">It is not there, damaged, or of a newer format.</exception>
    public static RunDocument Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunRecordException($"{path}: it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the bytes of a whole file; <paramref name="path"/> names it in messages.</summary>
    /// <exception cref="RunRecordException">They are damaged, or of a newer format.</exception>
    public static RunDocument Parse(ReadOnlySpan<byte> content, string path)
    {
        try
        {
            RunDocument document = JsonSerializer.Deserialize<RunDocument>(content, Options)
                ?? throw new RunRecordException($"{path}: found nothing, expected a run's record. Restore the file or remove the run's folder.");
            return document.Format == RunDocument.CurrentFormat
                ? document
                : throw new RunRecordException(
                    $"{path}: found format {document.Format}, expected {RunDocument.CurrentFormat}. It was written by another version of maml; use that one.");
        }
        catch (JsonException e)
        {
            throw new RunRecordException($"{path}: found no run's record ({e.Message}). Restore the file or remove the run's folder.", e);
        }
    }
}
