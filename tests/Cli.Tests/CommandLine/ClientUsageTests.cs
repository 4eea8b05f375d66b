using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class ClientUsageTests
{
    [Theory]
    [InlineData()]
    [InlineData("runs/some", "--run", "some")]
    public async Task Evaluate_NeitherFolderNorRunOrBoth_SaysWhatIsExpected(params string[] arguments)
    {
        CommandResult result = await Support.Maml.RunAsync(["evaluate", .. arguments]);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("expected a run's folder or a checkpoint, or --run");
    }

    [Theory]
    [InlineData("--checkpoint 'first'", "--checkpoint", "first")]
    [InlineData("two checkpoints", "--checkpoint", "newest", "--best")]
    [InlineData("two checkpoints", "--checkpoint", "500", "--best")]
    public async Task Adapt_CheckpointThatCannotBe_SaysWhatIsExpected(string expected, params string[] arguments)
    {
        CommandResult result = await Support.Maml.RunAsync(["adapt", "--run", "x", "--support", "a", "--query", "b", .. arguments]);
        result.ExitCode.ShouldBe(2);
        result.Errors.Replace(" is '", " '", StringComparison.Ordinal).ShouldContain(expected);
    }

    [Fact]
    public async Task Adapt_WithoutWhatItNeeds_NamesAll()
    {
        CommandResult result = await Support.Maml.RunAsync("adapt");
        result.ExitCode.ShouldBe(2);
        foreach (string option in new[] { "--run", "--support", "--query" }) result.Errors.ShouldContain(option);
    }

    [Fact]
    public async Task Adapt_FolderThatIsNotThere_IsNamed()
    {
        CommandResult result = await Support.Maml.RunAsync("adapt", "--run", "x", "--support", "/nowhere", "--query", "/nowhere");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe("maml: --support: there is no folder '/nowhere'.\n");
    }
}
