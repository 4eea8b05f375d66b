using System.CommandLine;
using System.CommandLine.Parsing;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>Turns what the parser complains about into sentences, with the word that was probably meant.</summary>
internal static class UsageFaults
{
    /// <summary>One line for each fault; empty when the command line can be used.</summary>
    public static IReadOnlyList<string> Describe(ParseResult result)
    {
        if (result.Errors.Count == 0) return [];
        List<string> faults = [.. UnknownWords(result)];
        // The parser reports an unknown word once more, and then whatever is missing because of it.
        if (faults.Count == 0) faults.AddRange(result.Errors.Select(error => error.Message.ReplaceLineEndings(" ")).Distinct());
        return faults;
    }

    /// <summary>The command as typed, such as <c>maml train</c>.</summary>
    public static string CommandPath(ParseResult result) =>
        result.CommandResult.Parent is CommandResult ? $"maml {result.CommandResult.Command.Name}" : "maml";

    private static IEnumerable<string> UnknownWords(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string path = CommandPath(result);
        IReadOnlyList<string> unmatched = result.UnmatchedTokens;
        string[] options = [.. unmatched.Where(IsOption)];
        foreach (string option in options)
        {
            IEnumerable<string> known = command.Options.Select(candidate => candidate.Name);
            yield return $"'{option}' is not an option of '{path}'.{DidYouMean(option, known)}";
        }

        // A word after an unknown option is most likely its value.
        if (options.Length > 0 || unmatched.Count == 0) yield break;
        yield return command.Subcommands.Count > 0
            ? $"'{unmatched[0]}' is not a command of maml.{DidYouMean(unmatched[0], command.Subcommands.Select(candidate => candidate.Name))}"
            : $"'{unmatched[0]}' is one word too many for '{path}'.";
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);

    private static string DidYouMean(string word, IEnumerable<string> known) =>
        Suggestions.Closest(word, known) is { } closest ? $" Did you mean '{closest}'?" : "";
}
