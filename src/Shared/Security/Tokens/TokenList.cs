namespace Maml.Cluster.Shared.Security;

/// <summary>The tokens that a coordinator knows. It keeps their hashes only.</summary>
public sealed class TokenList
{
    private readonly TokenEntry[] _entries;

    internal TokenList(IEnumerable<TokenEntry> entries) => _entries = [.. entries];

    /// <summary>How many tokens there are.</summary>
    public int Count => _entries.Length;

    /// <summary>
    /// Reads tokens: one entry a line (or between semicolons), <c>role name token</c>; <c>#</c> begins a comment, empty lines are skipped.
    /// </summary>
    /// <param name="text">The entries.</param>
    /// <param name="origin">Where they come from, for messages.</param>
    /// <exception cref="SecurityFileException">Entries cannot be used; all of them are named by their lines, none with its token.</exception>
    public static TokenList Parse(string text, string origin) => TokenListReader.Read(text, origin);

    /// <summary>Whom a token stands for; null when it is not known. The time that it takes depends on neither the tokens nor which one matches.</summary>
    public Caller? Identify(string token)
    {
        ReadOnlySpan<byte> hash = TokenEntry.Hash(token);
        Caller? caller = null;
        foreach (TokenEntry entry in _entries)
        {
            // No early end, and tokens are distinct: one entry at most matches.
            bool matches = entry.Matches(hash);
            caller = matches ? entry.Caller : caller;
        }

        return caller;
    }
}
