using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void Save_ThenRead_GivesEverythingBack()
    {
        using var folder = new TemporaryFolder();
        Checkpoint written = Create(iteration: 42);
        string path = new CheckpointStore(folder.Path, keep: 3).Save(written);
        Path.GetFileName(path).ShouldBe("iteration-000000042.safetensors");
        SafetensorsFile.Read(path).Find("layers.0.weight")!.Shape.ShouldBe([4L, 1L]);

        Checkpoint read = CheckpointReader.Read(path);
        read.Parameters.ToArray().ShouldBe(written.Parameters.ToArray());
        read.FirstMoment.ToArray().ShouldBe(written.FirstMoment.ToArray());
        read.SecondMoment.ToArray().ShouldBe(written.SecondMoment.ToArray());
        (read.RunId, read.Iteration, read.OptimizerStep).ShouldBe((written.RunId, 42, 41));
        read.Configuration.Inner.ShouldBe(written.Configuration.Inner);
    }

    [Fact]
    public void Save_MoreThanKept_DeletesTheOldest()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        foreach (long iteration in new[] { 1, 2, 10 }) store.Save(Create(iteration));
        CheckpointStore.NewestFirst(folder.Path).Select(Path.GetFileName)
            .ShouldBe(["iteration-000000010.safetensors", "iteration-000000002.safetensors"]);
    }

    [Fact]
    public void Read_AlteredParameters_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        string path = new CheckpointStore(folder.Path, keep: 1).Save(Create(1));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[8 + BitConverter.ToInt32(bytes)] ^= 1;
        File.WriteAllBytes(path, bytes);
        string message = Should.Throw<CheckpointException>(() => CheckpointReader.Read(path)).Message;
        message.ShouldContain(path);
        message.ShouldContain("SHA-256");
    }

    [Fact]
    public void Read_Truncated_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        string path = new CheckpointStore(folder.Path, keep: 1).Save(Create(1));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(path)).Message.ShouldContain(path);
    }

    [Fact]
    public void Read_OtherSafetensors_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        new SafetensorsFile([SafetensorsTensor.FromSingles("a", [1], [1f])]).WriteAtomically(folder.File("a.safetensors"));
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.File("a.safetensors"))).Message.ShouldContain("no format");
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.File("b.safetensors"))).Message.ShouldContain("no such file");
    }

    [Fact]
    public void ReadNewest_NewestDamaged_UsesTheOneBeforeAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 3);
        store.Save(Create(1));
        File.WriteAllText(store.Save(Create(2)), "torn");
        var reports = new List<string>();
        CheckpointStore.ReadNewest(folder.Path, reports.Add).Iteration.ShouldBe(1);
        reports.ShouldHaveSingleItem().ShouldContain("iteration-000000002");
    }

    private static Checkpoint Create(long iteration)
    {
        var configuration = Configurations.Sinusoid();
        ParameterLayout layout = CheckpointFormat.LayoutOf(configuration);
        float[] theta = layout.CreateInitialValues(3);
        return new Checkpoint("run", configuration, iteration, iteration - 1, theta, Array.ConvertAll(theta, x => x * 2), Array.ConvertAll(theta, x => x * x));
    }
}
