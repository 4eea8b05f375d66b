using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class PresetsCommandTests
{
    [Fact]
    public async Task Presets_WithoutName_ListsAll()
    {
        CommandResult result = await Support.Maml.RunAsync("presets");
        result.ExitCode.ShouldBe(0);
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])
            .ShouldBe(["sinusoid", "logistic", "omniglot-5way-1shot", "alphabets-5way-1shot", "omniglot-5way-5shot", "omniglot-20way-1shot", "omniglot-20way-5shot"]);
    }

    [Fact]
    public async Task Presets_WithName_PrintsYamlThatTrainAccepts()
    {
        CommandResult result = await Support.Maml.RunAsync("presets", "sinusoid");
        result.ExitCode.ShouldBe(0);
        RunConfigurationFile.Parse(result.Output, "output").Name.ShouldBe("sinusoid");
    }

    [Fact]
    public async Task Presets_UnknownName_SuggestsTheClosest()
    {
        CommandResult result = await Support.Maml.RunAsync("presets", "sinusiod");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("sinusoid");
    }
}
