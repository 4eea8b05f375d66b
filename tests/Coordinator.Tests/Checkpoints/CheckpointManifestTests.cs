using System.Security.Cryptography;
using System.Text.Json;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _reports = [];

    public CheckpointManifestTests()
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        store.Save(SmallCheckpoints.Create(1));
        store.Save(SmallCheckpoints.Create(2));
        store.Score(2, 0.25);
    }

    private string Manifest => _folder.File(CheckpointManifest.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Always_NamesFileIterationBytesHashAndScore()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Manifest));
        JsonElement second = document.RootElement.GetProperty("checkpoints")[1];
        string file = second.GetProperty("file").GetString()!;
        byte[] bytes = File.ReadAllBytes(_folder.File(file));
        second.GetProperty("iteration").GetInt64().ShouldBe(2);
        second.GetProperty("bytes").GetInt64().ShouldBe(bytes.Length);
        second.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        second.GetProperty("score").GetDouble().ShouldBe(0.25);
        document.RootElement.GetProperty("checkpoints")[0].GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Read_Missing_FallsBackOnTheFilesAndSaysSo()
    {
        File.Delete(Manifest);
        ReadNewest().ShouldBe(2);
        _reports.ShouldHaveSingleItem().ShouldContain(Manifest);
        SmallCheckpoints.Open(_folder.Path, report: _reports.Add).Newest!.Iteration.ShouldBe(2);
        CheckpointStore.ReadBest(_folder.Path, _reports.Add).ShouldBeNull();
    }

    [Fact]
    public void Read_ABitOfAnyByteFlippedOrCut_FallsBackOnTheFilesAndSaysSo()
    {
        byte[] whole = File.ReadAllBytes(Manifest);
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int position = 0; position < whole.Length; position++)
        {
            byte[] flipped = (byte[])whole.Clone();
            flipped[position] ^= (byte)(1 << random.Next(8));
            ReadManifest(flipped).ShouldBeNull($"seed {seed}, byte {position}");
            _reports.ShouldHaveSingleItem().ShouldContain(Manifest);
        }

        for (int length = 0; length < whole.Length; length++) ReadManifest(whole[..length]).ShouldBeNull($"length {length}");
        ReadManifest([.. whole, (byte)' ']).ShouldBeNull();
        ReadNewest().ShouldBe(2);
        CheckpointManifest.Read(_folder.Path, _ => { }).ShouldBeNull();
    }

    [Theory]
    [InlineData("../iteration-000000009.safetensors")]
    [InlineData("/tmp/iteration-000000009.safetensors")]
    [InlineData("a/iteration-000000009.safetensors")]
    [InlineData("iteration-000000008.safetensors")]
    [InlineData("iteration-000000009.safetensors\0")]
    [InlineData("")]
    public void Read_NamesWhatIsNoCheckpointOfTheFolder_IsPassedOver(string file)
    {
        string outside = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "iteration-000000009.safetensors");
        CheckpointManifest manifest = CheckpointManifest.Read(_folder.Path, _reports.Add)!;
        CheckpointEntry entry = manifest.Checkpoints[1] with { File = file, Iteration = 9 };
        new CheckpointManifest(true, [.. manifest.Checkpoints, entry]).Write(_folder.Path);
        ReadNewest().ShouldBe(2);
        _reports.ShouldHaveSingleItem().ShouldContain("passed over");
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path, keep: 1, report: _ => { });
        store.Save(SmallCheckpoints.Create(10));
        File.Exists(outside).ShouldBeFalse();
        SmallCheckpoints.In(_folder.Path).ShouldBe([10]);
    }

    [Fact]
    public void Read_NamesAMissingFile_UsesTheOneBefore()
    {
        string missing = _folder.File("iteration-000000002.safetensors");
        File.Delete(missing);
        ReadNewest().ShouldBe(1);
        _reports.ShouldHaveSingleItem().ShouldContain(missing);
    }

    private long? ReadNewest() => CheckpointStore.ReadNewest(_folder.Path, _reports.Add)?.Iteration;

    private CheckpointManifest? ReadManifest(byte[] bytes)
    {
        _reports.Clear();
        File.WriteAllBytes(Manifest, bytes);
        return CheckpointManifest.Read(_folder.Path, _reports.Add);
    }
}
