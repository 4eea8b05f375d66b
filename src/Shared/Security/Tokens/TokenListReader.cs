using System.Text.RegularExpressions;

namespace Maml.Cluster.Shared.Security;

/// <summary>Reads lists of tokens and gathers everything that is wrong with them.</summary>
internal static partial class TokenListReader
{
    private const string Format = "role name token";
    private const int MaximumEntries = 1000;

    /// <summary>Reads a list.</summary>
    /// <exception cref="SecurityFileException">Entries cannot be used; all of them are named.</exception>
    public static TokenList Read(string text, string origin)
    {
        var faults = new List<string>();
        var entries = new List<TokenEntry>();
        var names = new Dictionary<string, int>();
        var tokens = new Dictionary<string, int>();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string content = line.Split('#')[0];
            foreach (string entry in content.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0))
                if (ReadEntry(entry, number, names, tokens, faults) is { } read) entries.Add(read);
        }

        if (entries.Count == 0 && faults.Count == 0) faults.Add($"found no entry, expected lines of the form '{Format}'");
        if (entries.Count > MaximumEntries) faults.Add($"found {entries.Count} entries, expected at most {MaximumEntries}");
        if (faults.Count > 0) throw new SecurityFileException($"{origin}: {string.Join("; ", faults)}.");
        return new TokenList(entries);
    }

    // Messages never quote a word whose place in the line is not certain: it may be a token.
    private static TokenEntry? ReadEntry(
        string entry, int line, Dictionary<string, int> names, Dictionary<string, int> tokens, List<string> faults)
    {
        int before = faults.Count;
        string[] words = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3)
        {
            faults.Add($"line {line}: found {words.Length} words, expected 3: {Format}");
            return null;
        }

        if (!Roles.TryParse(words[0], out Role role)) faults.Add($"line {line}: the first word is no role, expected {Roles.Expectation}");
        if (!Name().IsMatch(words[1])) faults.Add($"line {line}: the name is not 1 to 64 letters, digits and - . _");
        else if (!names.TryAdd(words[1], line)) faults.Add($"line {line}: the name is that of line {names[words[1]]}, expected one of its own");
        if (TokenRules.FaultOf(words[2]) is { } fault) faults.Add($"line {line}: {fault}");
        else if (!tokens.TryAdd(words[2], line)) faults.Add($"line {line}: the token is that of line {tokens[words[2]]}, expected one of its own");
        return faults.Count == before ? new TokenEntry(new Caller(words[1], role), words[2]) : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Name();
}
