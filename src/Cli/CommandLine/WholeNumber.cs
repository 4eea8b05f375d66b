using System.CommandLine.Parsing;
using System.Globalization;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>Parsers of numbers in a range, with messages that name the range.</summary>
internal static class WholeNumber
{
    /// <summary>A whole number in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public static Func<ArgumentResult, long?> Between(long least, long most) => result =>
    {
        string text = result.Tokens.Single().Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most)
            return value;
        result.AddError($"{OptionName(result)} is '{text}'; expected a whole number {Range(least, most)}.");
        return null;
    };

    /// <summary>A seed: any unsigned 64-bit number.</summary>
    public static ulong? Seed(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return value;
        result.AddError($"{OptionName(result)} is '{text}'; expected a whole number from 0 to {ulong.MaxValue}.");
        return null;
    }

    /// <summary>The option that an argument belongs to, as typed in help.</summary>
    public static string OptionName(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;

    private static string Range(long least, long most) => most == long.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
}
