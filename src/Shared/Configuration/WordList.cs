namespace Maml.Cluster.Shared.Configuration;

/// <summary>An enumeration's members and the words for them.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class WordList<T>
    where T : struct, Enum
{
    private readonly (string Word, T Value)[] _pairs;

    internal WordList(params (string Word, T Value)[] pairs)
    {
        _pairs = pairs;
        Words = [.. pairs.Select(pair => pair.Word)];
    }

    /// <summary>The words, in the order of the members.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The word for a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enumeration.</exception>
    public string ToWord(T value)
    {
        foreach ((string word, T known) in _pairs)
        {
            if (EqualityComparer<T>.Default.Equals(known, value)) return word;
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"There is no such {typeof(T).Name}.");
    }

    /// <summary>The member that a word names; case matters, as everywhere in YAML.</summary>
    public bool TryParse(string word, out T value)
    {
        int position = Array.FindIndex(_pairs, pair => pair.Word == word);
        value = position < 0 ? default : _pairs[position].Value;
        return position >= 0;
    }

    /// <summary>What is expected where a word is expected.</summary>
    internal string Expectation => Words.Count == 1 ? $"'{Words[0]}'" : $"one of {string.Join(", ", Words)}";

    /// <summary>"; did you mean …?" where a known word is close, else nothing.</summary>
    internal string Suggest(string word) => Suggestions.Closest(word, Words) is { } closest ? $"; did you mean '{closest}'?" : "";
}
