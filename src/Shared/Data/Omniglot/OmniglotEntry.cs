namespace Maml.Cluster.Shared.Data;

/// <summary>What archives and folders have in common.</summary>
internal static class OmniglotEntry
{
    /// <summary>A drawing has some 200 bytes; far larger ones are refused before they are read.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Files that operating systems leave behind and that nobody put there on purpose.</summary>
    public static bool IsHidden(string entry) =>
        entry.Split('/').Any(part => part.StartsWith('.') && part is not (".." or ".") || part is "__MACOSX" or "Thumbs.db");
}
