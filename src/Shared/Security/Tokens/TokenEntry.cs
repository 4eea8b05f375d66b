using System.Security.Cryptography;
using System.Text;

namespace Maml.Cluster.Shared.Security;

/// <summary>A token as it is kept: its hash alone, and whom it stands for.</summary>
internal sealed class TokenEntry
{
    private readonly byte[] _hash;

    /// <summary>Keeps a token.</summary>
    public TokenEntry(Caller caller, string token)
    {
        Caller = caller;
        _hash = Hash(token);
    }

    /// <summary>Whom the token stands for.</summary>
    public Caller Caller { get; }

    /// <summary>The hash of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether a hash is this token's; takes the same time whether it is or not.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);
}
