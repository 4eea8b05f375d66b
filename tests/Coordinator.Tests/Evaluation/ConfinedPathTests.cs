using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Evaluation;

public sealed class ConfinedPathTests
{
    [Theory]
    [InlineData("../other/file")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData(".")]
    [InlineData("a/..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Resolve_LeadsOut_IsNull(string path) => ConfinedPath.Resolve("/runs", path).ShouldBeNull();

    [Theory]
    [InlineData("a", "/runs/a")]
    [InlineData("a/../b/c.safetensors", "/runs/b/c.safetensors")]
    public void Resolve_StaysWithin_IsFull(string path, string expected) => ConfinedPath.Resolve("/runs/", path).ShouldBe(expected);

    [Fact]
    public void Resolve_LinkLeadsOut_IsNull()
    {
        using var folder = new TemporaryFolder();
        string root = folder.File("runs");
        Directory.CreateDirectory(root);
        File.WriteAllText(folder.File("secret"), "s");
        File.CreateSymbolicLink(Path.Combine(root, "link"), folder.File("secret"));
        ConfinedPath.Resolve(root, "link").ShouldBeNull();

        Directory.CreateSymbolicLink(Path.Combine(root, "folder"), folder.Path);
        ConfinedPath.Resolve(root, "folder/secret").ShouldBeNull();
    }
}
