using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands;

/// <summary>The words with which a command says which θ of a run it means.</summary>
internal sealed class ParametersOption
{
    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Which of the run's checkpoints: 'newest', 'best' (by its evaluation), or a number of iterations. "
            + "[default: as it is now while it is under way, or else the newest]",
        HelpName = "newest|best|N",
    };

    private readonly Option<bool> _best = new("--best") { Description = "Short for '--checkpoint best'." };

    public void AddTo(Command command)
    {
        _checkpoint.Validators.Add(Check);
        command.Add(_checkpoint);
        command.Add(_best);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_best) && result.GetValue(_checkpoint) is not (null or "best")) result.AddError("--best and --checkpoint name two checkpoints; expected one of them.");
        });
    }

    /// <summary>What was chosen, and the iteration where it is one.</summary>
    public (ParametersChoice Choice, ulong Iteration) Read(ParseResult parsed) => (parsed.GetValue(_best), parsed.GetValue(_checkpoint)) switch
    {
        (true, _) or (_, "best") => (ParametersChoice.Best, 0),
        (_, null) => (ParametersChoice.Unspecified, 0),
        (_, "newest") => (ParametersChoice.Newest, 0),
        (_, { } iteration) => (ParametersChoice.Iteration, ulong.Parse(iteration, CultureInfo.InvariantCulture)),
    };

    private static void Check(OptionResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text is not ("newest" or "best") && !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            result.AddError($"--checkpoint is '{text}'; expected newest, best or a number of iterations.");
    }
}
