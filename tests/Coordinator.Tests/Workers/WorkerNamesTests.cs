using Maml.Cluster.Coordinator.Workers;

namespace Maml.Cluster.Coordinator.Tests.Workers;

public sealed class WorkerNamesTests
{
    [Theory]
    [InlineData("gpu", "gpu-3")]
    [InlineData("cpu", "cpu")]
    [InlineData("  ", "worker")]
    [InlineData("a\nb\u001b[0m", "ab[0m")]
    public void MakeUnique_WantedName_GetsASuffixWhereTaken(string wanted, string expected)
    {
        string[] taken = ["gpu", "gpu-2"];
        WorkerNames.MakeUnique(wanted, taken.Contains).ShouldBe(expected);
    }

    [Fact]
    public void MakeUnique_LongName_IsCut() => WorkerNames.MakeUnique(new string('x', 500), _ => false).Length.ShouldBe(WorkerNames.MaximumLength);
}
