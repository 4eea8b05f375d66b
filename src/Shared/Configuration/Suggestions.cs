namespace Maml.Cluster.Shared.Configuration;

/// <summary>Finds the word that was probably meant.</summary>
public static class Suggestions
{
    // Longer words than any of ours: measuring a distance to them would cost time and never lead to a suggestion.
    private const int MaximumLength = 64;

    /// <summary>The known word closest to an unknown one.</summary>
    /// <param name="unknown">The word as typed; case is ignored.</param>
    /// <param name="known">The words to choose from; the first one wins a tie.</param>
    /// <returns>A word within a third of the typed length of edits, else one that starts with what was typed, else null.</returns>
    public static string? Closest(string unknown, IEnumerable<string> known)
    {
        if (unknown.Length is 0 or > MaximumLength) return null;
        string[] words = [.. known];
        int allowed = Math.Max(1, unknown.Length / 3);
        (string? word, int distance) = words
            .Select(word => ((string?)word, Distance(unknown.ToUpperInvariant(), word.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Item2)
            .FirstOrDefault();
        if (word is not null && distance <= allowed && distance < Math.Max(unknown.Length, word.Length)) return word;
        return unknown.Length < 3 ? null : Array.Find(words, candidate => candidate.StartsWith(unknown, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment).</summary>
    internal static int Distance(string left, string right)
    {
        int[,] edits = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) edits[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) edits[0, j] = j;

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = edits[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[left.Length, right.Length];
    }
}
