using System.Security.Cryptography;
using Maml.Cluster.Coordinator.Checkpoints;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>Whether a checkpoint in a folder is what its manifest says, before others come to rely on it.</summary>
internal static class CheckpointFault
{
    /// <summary>What is wrong with it, as a complete message; null when nothing is.</summary>
    public static string? Of(string directory, CheckpointEntry entry)
    {
        string path = Path.Combine(directory, entry.File);
        try
        {
            using FileStream file = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(SHA256.HashData(file));
            return hash == entry.Sha256 && file.Length == entry.Bytes
                ? null
                : $"{path}: found {file.Length} bytes with SHA-256 {hash}, expected {entry.Bytes} with '{entry.Sha256}' as {CheckpointManifest.FileName} says. It is not sent to the database.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path}: found that it cannot be read ({e.Message}), expected a checkpoint. It is not sent to the database.";
        }
    }
}
