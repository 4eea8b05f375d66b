using System.Text.RegularExpressions;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Docker;

/// <summary>A Dockerfile's instructions, stage by stage.</summary>
internal sealed partial class Dockerfile
{
    public static readonly string[] Names = ["coordinator", "worker"];

    private Dockerfile(IReadOnlyDictionary<string, string> arguments, IReadOnlyList<Stage> stages)
    {
        Arguments = arguments;
        Stages = stages;
    }

    /// <summary>What stands before the first stage, by name.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; }

    public IReadOnlyList<Stage> Stages { get; }

    public Stage Build => Stages[0];

    public Stage Final => Stages[^1];

    public static string PathOf(string name) => Repository.At("deploy", "docker", $"{name}.Dockerfile");

    public static Dockerfile Load(string name) => Parse(File.ReadAllText(PathOf(name)));

    public static Dockerfile Parse(string text)
    {
        string[] lines = [.. text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))];
        var arguments = new Dictionary<string, string>();
        var stages = new List<Stage>();
        foreach (string logical in string.Join('\n', lines).Replace("\\\n", " ").Split('\n').Where(line => line.Trim().Length > 0))
        {
            Match match = Instruction().Match(logical.Trim());
            match.Success.ShouldBeTrue($"'{logical}' is no instruction");
            var instruction = new Instruction(match.Groups[1].Value, Spaces().Replace(match.Groups[2].Value, " ").Trim());
            if (instruction.Name == "FROM") stages.Add(new Stage(instruction.Text, []));
            else if (stages.Count > 0) stages[^1].Instructions.Add(instruction);
            else arguments.Add(instruction.Text.Split('=')[0], instruction.Text.Split('=', 2)[1]);
        }

        return new Dockerfile(arguments, stages);
    }

    /// <summary>The image that a stage stands on, with its arguments put in.</summary>
    public string BaseOf(Stage stage) => Arguments.Aggregate(stage.From.Split(' ')[0], (text, pair) => text.Replace($"${{{pair.Key}}}", pair.Value));

    [GeneratedRegex(@"\A([A-Z]+)\s+(.*)\z", RegexOptions.Singleline)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
