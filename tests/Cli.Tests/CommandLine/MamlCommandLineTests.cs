using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class MamlCommandLineTests
{
    private static readonly string[] Names = ["train", "evaluate", "adapt", "gradient", "coordinator", "cluster", "worker", "presets", "doctor"];

    public static TheoryData<string> Commands => [.. Names];

    [Theory]
    [InlineData("trian", "train")]
    [InlineData("evalute", "evaluate")]
    [InlineData("docter", "doctor")]
    public async Task Run_UnknownCommand_SuggestsTheClosest(string typed, string meant)
    {
        CommandResult result = await Support.Maml.RunAsync(typed);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain($"'{typed}' is not a command of maml. Did you mean '{meant}'?");
    }

    [Fact]
    public async Task Run_UnknownOption_SuggestsTheClosest()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "sinusoid", "--worker", "2");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("'--worker' is not an option of 'maml train'. Did you mean '--workers'?");
        result.Errors.ShouldContain("maml train --help");
    }

    [Fact]
    public async Task Run_OneWordTooMany_NamesIt()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "sinusoid", "logistic");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("'logistic' is one word too many for 'maml train'.");
    }

    [Theory]
    [InlineData("--workers", "0")]
    [InlineData("--workers", "-1")]
    [InlineData("--workers", "many")]
    [InlineData("--iterations", "0")]
    [InlineData("--iterations", "1.5")]
    [InlineData("--seed", "-3")]
    [InlineData("--devices", "gpu")]
    [InlineData("--devices", "cuda:x")]
    [InlineData("--port", "70000")]
    [InlineData("--set", "inner.steps")]
    public async Task Train_ValueOutOfRange_NamesOptionAndValue(string option, string value)
    {
        CommandResult result = await Support.Maml.RunAsync("train", "sinusoid", option, value);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(option);
        result.Errors.ShouldContain(value);
        result.Errors.ShouldContain("expected");
    }

    [Fact]
    public async Task Train_WithoutPreset_SaysWhatIsMissing()
    {
        CommandResult result = await Support.Maml.RunAsync("train");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("train");
        result.Errors.ShouldContain("--help");
    }

    [Fact]
    public async Task Worker_WithoutCoordinator_SaysWhatIsMissing()
    {
        CommandResult result = await Support.Maml.RunAsync("worker");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("--coordinator");
    }

    [Fact]
    public async Task Worker_AddressThatIsNone_NamesIt()
    {
        CommandResult result = await Support.Maml.RunAsync("worker", "--coordinator", "somewhere");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("somewhere");
        result.Errors.ShouldContain("http://127.0.0.1:5100");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEachCommand_EndsWithExamples(string command)
    {
        CommandResult result = await Support.Maml.RunAsync(command, "--help");
        result.ExitCode.ShouldBe(0);
        result.Errors.ShouldBeEmpty();
        result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain($"maml {command}");
    }

    [Fact]
    public async Task Run_WithoutWords_ShowsEveryCommand()
    {
        CommandResult result = await Support.Maml.RunAsync();
        result.ExitCode.ShouldBe(0);
        foreach (string command in Names) result.Output.ShouldContain(command);
    }

    [Fact]
    public async Task Help_OfTrain_NamesEveryOption()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "--help");
        string[] options = ["--workers", "--devices", "--iterations", "--seed", "--set", "--data", "--output", "--quiet", "PRESET|FILE.yaml"];
        foreach (string option in options) result.Output.ShouldContain(option);
    }

    [Fact]
    public async Task Worker_ConfigurationFile_IsReadAndItsFaultsAreNamed()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "coordinator: http://127.0.0.1:1\nchunkSlot: 3\n");
        CommandResult result = await Support.Maml.RunAsync("worker", "--config", file, "--device", "gpu");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("chunkSlot (line 2): there is no such option; did you mean 'chunkSlots'?");
        result.Errors.ShouldContain("Device is 'gpu'");
        File.Delete(file);
    }

    [Fact]
    public async Task Coordinator_ConfigurationFile_IsReadAndItsFaultsAreNamed()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "listenAddress: 0.0.0.0\nmissedHeartbeats: 1\n");
        CommandResult result = await Support.Maml.RunAsync("coordinator", "--config", file);
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("MissedHeartbeats: found 1");
        result.Errors.ShouldContain("ListenAddress: found 0.0.0.0");
        File.Delete(file);
    }
}
