namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>Names of runs. They become a part of a folder's name, hence the few characters.</summary>
internal static class RunName
{
    /// <summary>What is expected, for messages.</summary>
    public const string Expectation = "1 to 64 letters, digits, '-', '_' and '.', the first a letter or digit";

    /// <summary>Whether a name can be used.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
