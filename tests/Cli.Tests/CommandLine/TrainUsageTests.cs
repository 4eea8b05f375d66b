using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class TrainUsageTests
{
    [Fact]
    public async Task Train_NeitherPresetNorResume_SaysWhatIsPossible()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "--workers", "1");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("Found neither a preset nor a file; expected 'maml train PRESET|FILE.yaml', or --resume RUN-DIR.");
    }

    [Theory]
    [InlineData("sinusoid")]
    [InlineData("--iterations", "3")]
    [InlineData("--seed", "3")]
    [InlineData("--set", "inner.steps=2")]
    [InlineData("--output", "elsewhere")]
    public async Task Train_ResumeWithWhatWouldChangeTheRun_IsWrongUsage(params string[] more)
    {
        using var folder = new TemporaryFolder();
        CommandResult result = await Support.Maml.RunAsync(["train", "--resume", folder.Path, .. more]);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("--resume goes on with a run as it is: leave PRESET|FILE.yaml, --iterations, --seed, --set and --output away.");
    }

    [Fact]
    public async Task Train_ResumeWhereThereIsNoFolder_NamesIt()
    {
        CommandResult result = await Support.Maml.RunAsync("train", "--resume", "/nowhere/run");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe("maml: There is no folder '/nowhere/run'; expected a run's folder, as 'maml train' prints it.\n");
    }
}
