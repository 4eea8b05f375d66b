using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void Save_ThenRead_GivesEverythingBack()
    {
        using var folder = new TemporaryFolder();
        Checkpoint written = SmallCheckpoints.Create(iteration: 42);
        string path = SmallCheckpoints.Open(folder.Path).Save(written);
        Path.GetFileName(path).ShouldBe("iteration-000000042.safetensors");
        SafetensorsFile.Read(path).Find("layers.0.weight")!.Shape.ShouldBe([4L, 1L]);

        Checkpoint read = CheckpointReader.Read(path);
        read.Parameters.ToArray().ShouldBe(written.Parameters.ToArray());
        read.FirstMoment.ToArray().ShouldBe(written.FirstMoment.ToArray());
        read.SecondMoment.ToArray().ShouldBe(written.SecondMoment.ToArray());
        (read.RunId, read.Iteration, read.OptimizerStep).ShouldBe((written.RunId, 42, 41));
        (read.TrainingSeconds, read.WallSeconds).ShouldBe((written.TrainingSeconds, written.WallSeconds));
        read.Configuration.Inner.ShouldBe(written.Configuration.Inner);
    }

    [Theory]
    [InlineData("3", "newer version of maml")]
    [InlineData("1", "older version of maml")]
    public void Read_OtherFormatVersion_SaysWhichWroteIt(string version, string expected) =>
        Refusal(metadata => metadata[CheckpointFormat.VersionKey] = version).ShouldContain(expected);

    [Fact]
    public void Read_VersionOneWithoutSeal_SaysThatItIsOlder() => Refusal(
        metadata =>
        {
            metadata[CheckpointFormat.VersionKey] = "1";
            metadata.Remove(CheckpointFormat.TrainingSecondsKey);
        },
        isSealed: false).ShouldContain("older version of maml");

    [Fact]
    public void Read_VersionTwoWithoutSeal_IsRefused() => Refusal(_ => { }, isSealed: false).ShouldContain("no checksum");

    [Theory]
    [InlineData(CheckpointFormat.IterationKey, "-1")]
    [InlineData(CheckpointFormat.OptimizerStepKey, "many")]
    [InlineData(CheckpointFormat.WallSecondsKey, "NaN")]
    [InlineData(CheckpointFormat.ConfigurationKey, "name: [")]
    [InlineData(CheckpointFormat.HashKey, "0")]
    [InlineData(CheckpointFormat.FormatKey, "other")]
    public void Read_SealedButMalformed_NamesWhatItFound(string key, string value)
    {
        Refusal(metadata => metadata[key] = value).ShouldContain(key == CheckpointFormat.ConfigurationKey ? "configuration" : $"'{value}'");
        Refusal(metadata => metadata.Remove(key)).ShouldContain(key == CheckpointFormat.FormatKey ? "no format" : $"no {key}");
    }

    [Fact]
    public void Read_OfAnotherModel_IsRefusedByTensor()
    {
        SafetensorsFile small = CheckpointFormat.Write(SmallCheckpoints.Create(7, width: 4));
        SafetensorsFile large = CheckpointFormat.Write(SmallCheckpoints.Create(7, width: 5));
        string message = Refuse(CheckpointSeal.Apply(new SafetensorsFile(small.Tensors, large.Metadata)));
        message.ShouldContain("another model");
        message.ShouldContain("layers.0.weight");

        SafetensorsTensor other = SafetensorsTensor.FromSingles("stowaway", [1], [1f]);
        Refuse(CheckpointSeal.Apply(new SafetensorsFile([.. small.Tensors, other], small.Metadata))).ShouldContain("'stowaway'");
        Refuse(CheckpointSeal.Apply(new SafetensorsFile(small.Tensors.Skip(1), small.Metadata))).ShouldContain("no tensor");
    }

    [Fact]
    public void Read_OfAVastModel_AllocatesNothingForIt()
    {
        SafetensorsFile small = CheckpointFormat.Write(SmallCheckpoints.Create(7));
        var metadata = new Dictionary<string, string>(small.Metadata);
        metadata[CheckpointFormat.ConfigurationKey] = metadata[CheckpointFormat.ConfigurationKey].Replace("widths: [4]", "widths: [8192, 8192]", StringComparison.Ordinal);
        metadata[CheckpointFormat.ConfigurationKey].ShouldContain("8192");
        SafetensorsFile file = CheckpointSeal.Apply(new SafetensorsFile(small.Tensors, metadata));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(file).ShouldContain("another model");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void Read_OtherFiles_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        new SafetensorsFile([SafetensorsTensor.FromSingles("a", [1], [1f])]).WriteAtomically(folder.File("a.safetensors"));
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.File("a.safetensors"))).Message.ShouldContain("no format");
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.File("b.safetensors"))).Message.ShouldContain("no such file");
        File.WriteAllText(folder.File("c.safetensors"), "This is a letter to a friend, and not a checkpoint at all.");
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.File("c.safetensors"))).Message.ShouldContain("no checkpoint");
        Should.Throw<CheckpointException>(() => CheckpointReader.Read(folder.Path)).Message.ShouldContain(folder.Path);
    }

    private static string Refusal(Action<Dictionary<string, string>> change, bool isSealed = true)
    {
        SafetensorsFile whole = CheckpointFormat.Write(SmallCheckpoints.Create(7));
        var metadata = whole.Metadata.Where(pair => !pair.Key.StartsWith("checkpoint_", StringComparison.Ordinal)).ToDictionary();
        change(metadata);
        var file = new SafetensorsFile(whole.Tensors, metadata);
        return Refuse(isSealed ? CheckpointSeal.Apply(file) : file);
    }

    private static string Refuse(SafetensorsFile file)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("refused.safetensors");
        file.WriteAtomically(path);
        string message = Should.Throw<CheckpointException>(() => CheckpointReader.Read(path)).Message;
        message.ShouldContain(path);
        return message;
    }
}
