using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>Reads and checks a checkpoint: first that the file is whole, then what it is, and only then what it holds.</summary>
internal static class CheckpointReader
{
    /// <summary>Reads a file; nothing of it is used unless all of it holds.</summary>
    /// <exception cref="CheckpointException">It is not there, truncated, altered, of another version, of another model or of another kind.</exception>
    public static Checkpoint Read(string path) => Parse(ReadBytes(path), path);

    /// <summary>The bytes of a file, unchecked.</summary>
    /// <exception cref="CheckpointException">It is not there or cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            if (!File.Exists(path)) throw new CheckpointException($"{path}: found no such file, expected a checkpoint. Check the path.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointException.Of(
                path, $"that it cannot be read ({e.Message})", "a readable file", "Check the disk and the file's permissions, or choose another checkpoint", e);
        }
    }

    /// <summary>Reads the bytes of a whole file; <paramref name="path"/> names it in messages.</summary>
    /// <exception cref="CheckpointException">They are truncated, altered, of another version, of another model or of another kind.</exception>
    public static Checkpoint Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        bool isSealed = CheckpointSeal.Check(bytes.Span, path);
        SafetensorsFile file = ParseFile(bytes, path);
        RequireFormat(file, path);
        RequireVersion(file, path);
        if (!isSealed) throw CheckpointException.Of(path, "no checksum at the beginning of its header", "one: it is altered");
        return new CheckpointContent(file, path).Read();
    }

    private static SafetensorsFile ParseFile(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            return SafetensorsFile.Parse(bytes, path);
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException($"{e.Message} It is no checkpoint, or its first bytes are altered.", e);
        }
    }

    private static void RequireFormat(SafetensorsFile file, string path)
    {
        string? format = file.Metadata.GetValueOrDefault(CheckpointFormat.FormatKey);
        if (format == CheckpointFormat.FormatName) return;
        string found = format is null ? "no format in its metadata" : $"format '{format}'";
        throw CheckpointException.Of(path, found, $"'{CheckpointFormat.FormatName}': it is no checkpoint of a run");
    }

    private static void RequireVersion(SafetensorsFile file, string path)
    {
        long version = new CheckpointContent(file, path).Number(CheckpointFormat.VersionKey);
        if (version == CheckpointFormat.FormatVersion) return;
        string action = version > CheckpointFormat.FormatVersion
            ? "It was written by a newer version of maml; use that version, or choose another checkpoint"
            : "It was written by an older version of maml, without a checksum; use that version, or train again";
        throw CheckpointException.Of(path, $"format version {version}", $"{CheckpointFormat.FormatVersion}", action);
    }
}
