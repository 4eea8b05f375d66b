using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Evaluation;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Evaluation;

public sealed class EvaluationTargetTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void Find_RunFolder_IsServedFromItsParent(string ending)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("run/checkpoints"));
        EvaluationTarget.Find(folder.File("run") + ending).ShouldBe(new EvaluationTarget(folder.Path, "run", IsRun: true));
    }

    [Fact]
    public void Find_Checkpoint_IsServedFromItsFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("one.safetensors"), "");
        EvaluationTarget target = EvaluationTarget.Find(folder.File("one.safetensors"));
        target.ShouldBe(new EvaluationTarget(folder.Path, "one.safetensors", IsRun: false));
        target.ToRequest().Checkpoint.ShouldBe("one.safetensors");
    }

    [Fact]
    public void Find_AnotherFolderOrFile_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "");
        Should.Throw<CommandFailedException>(() => EvaluationTarget.Find(folder.Path)).Message.ShouldContain(folder.Path);
        Should.Throw<CommandFailedException>(() => EvaluationTarget.Find(folder.File("notes.txt"))).Message.ShouldContain("notes.txt");
        Should.Throw<CommandFailedException>(() => EvaluationTarget.Find(folder.File("nothing"))).Message.ShouldContain("nothing");
    }
}
