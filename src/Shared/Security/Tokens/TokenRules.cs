using System.Buffers;

namespace Maml.Cluster.Shared.Security;

/// <summary>What a token must look like.</summary>
internal static class TokenRules
{
    /// <summary>Fewest characters: 16 of a random token are more than anybody guesses over a network.</summary>
    public const int MinimumLength = 16;

    /// <summary>Most characters, so that a header that holds one stays small.</summary>
    public const int MaximumLength = 512;

    // Fewer distinct characters than this are a finger on a key, not a random token.
    private const int MinimumVariety = 5;

    private const string Advice = "make one with `openssl rand -hex 32`";

    // What an HTTP header may hold after `Bearer` (RFC 6750).
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    private static readonly string[] Placeholders = ["replace", "changeme", "change-me", "change_me", "placeholder", "example", "your-token", "insert"];

    /// <summary>What is wrong with a token, without the token; null when it can be used.</summary>
    public static string? FaultOf(string token)
    {
        // First, so that a placeholder is called one even where it is too short as well.
        if (Placeholders.FirstOrDefault(word => token.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } placeholder)
            return $"the token is a placeholder, since it contains '{placeholder}'; {Advice}";
        if (token.Length is < MinimumLength or > MaximumLength)
            return $"the token has {token.Length} characters, expected {MinimumLength} to {MaximumLength}; {Advice}";
        if (token.AsSpan().ContainsAnyExcept(Allowed))
            return $"the token holds characters other than letters, digits and - . _ ~ + / =; {Advice}";
        int variety = token.Distinct().Count();
        return variety < MinimumVariety ? $"the token has {variety} different characters only; {Advice}" : null;
    }
}
