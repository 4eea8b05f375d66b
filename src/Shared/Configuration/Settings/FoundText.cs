namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Quotes what a user wrote: short, and without characters that would disturb a terminal.</summary>
internal static class FoundText
{
    private const int MaximumLength = 60;

    /// <summary>The text in single quotes, cut when it is long.</summary>
    public static string Quote(string text)
    {
        string shown = text.Length <= MaximumLength ? text : text[..MaximumLength] + "…";
        return $"'{string.Concat(shown.Select(character => char.IsControl(character) ? '\uFFFD' : character))}'";
    }
}
