using System.Globalization;
using System.Text;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// The length and the SHA-256 of the whole file, at a fixed place at the beginning of its header: so they are found, and everything
/// else is checked by them, before any size or name in the file is believed. The hash covers every byte of the file, its own digits as zeros.
/// To readers of safetensors both are metadata as any other. Later versions of the format keep them where they are.
/// </summary>
internal static class CheckpointSeal
{
    // The header's metadata are in ordinal order: no other name may come before these two.
    private const string BytesKey = "checkpoint_bytes";
    private const string HashKey = "checkpoint_sha256";

    /// <summary>Digits of the longest length that a file can have.</summary>
    private const int BytesDigits = 19;

    private static readonly byte[] Before = Encoding.ASCII.GetBytes($"{{\"__metadata__\":{{\"{BytesKey}\":\"");
    private static readonly byte[] Between = Encoding.ASCII.GetBytes($"\",\"{HashKey}\":\"");
    private static readonly int BytesOffset = sizeof(ulong) + Before.Length;
    private static readonly int BetweenOffset = BytesOffset + BytesDigits;
    private static readonly int HashOffset = BetweenOffset + Between.Length;
    private static readonly int End = HashOffset + SelfHash.Length;

    /// <summary>The same tensors and metadata with the seal among them.</summary>
    public static SafetensorsFile Apply(SafetensorsFile file)
    {
        var metadata = new Dictionary<string, string>(file.Metadata) { [BytesKey] = Digits(0), [HashKey] = SelfHash.Zeros };
        metadata[BytesKey] = Digits(new SafetensorsFile(file.Tensors, metadata).ByteLength);
        metadata[HashKey] = HashingStream.Sha256(new SafetensorsFile(file.Tensors, metadata).Write);
        return new SafetensorsFile(file.Tensors, metadata);
    }

    /// <summary>Whether there is a seal where one belongs; one that holds, then.</summary>
    /// <exception cref="CheckpointException">There is one, and the file is truncated or altered.</exception>
    public static bool Check(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length < sizeof(ulong)) throw Truncated(path, file.Length, "at least a header");
        if (!HoldsAsFarAsItGoes(file, sizeof(ulong), Before) || !HoldsAsFarAsItGoes(file, BetweenOffset, Between)) return false;
        if (file.Length < End) throw Truncated(path, file.Length, "a whole header");

        string stored = Encoding.Latin1.GetString(file.Slice(HashOffset, SelfHash.Length));
        string computed = SelfHash.Compute(file, HashOffset);
        if (computed == stored) return true;

        // Only for the message: a length that does not hold may itself be what was altered.
        if (!long.TryParse(file.Slice(BytesOffset, BytesDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) || bytes == file.Length)
            throw CheckpointException.Of(path, $"content with SHA-256 {computed}", $"'{stored}' as its header says: it is altered");
        throw file.Length < bytes
            ? Truncated(path, file.Length, $"the {bytes} that its header says")
            : CheckpointException.Of(path, $"{file.Length} bytes", $"the {bytes} that its header says: it is altered, something was appended");
    }

    private static bool HoldsAsFarAsItGoes(ReadOnlySpan<byte> file, int offset, ReadOnlySpan<byte> expected)
    {
        int length = Math.Clamp(file.Length - offset, 0, expected.Length);
        return length == 0 || file.Slice(offset, length).SequenceEqual(expected[..length]);
    }

    private static string Digits(long bytes) => bytes.ToString(CultureInfo.InvariantCulture).PadLeft(BytesDigits, '0');

    private static CheckpointException Truncated(string path, int found, string expected) => CheckpointException.Of(
        path, found == 0 ? "an empty file" : $"{found} bytes", $"{expected}: it is truncated");
}
