using System.Security.Cryptography;
using System.Text;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// A SHA-256 that stands, as lowercase hex digits, within the content that it covers: the digits count as zeros when it is computed, so
/// that not a single bit of the content is left out.
/// </summary>
internal static class SelfHash
{
    public const int Length = 64;

    /// <summary>What stands there before the hash is known.</summary>
    public static readonly string Zeros = new('0', Length);

    private static readonly byte[] ZeroBytes = Encoding.ASCII.GetBytes(Zeros);

    /// <summary>The hash of a content whose digits are at <paramref name="offset"/>, whatever they are now.</summary>
    public static string Compute(ReadOnlySpan<byte> content, int offset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content[..offset]);
        hash.AppendData(ZeroBytes);
        hash.AppendData(content[(offset + Length)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
