using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

/// <summary>A damaged checkpoint is never loaded and always named, and the one before it is used.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private const string Newest = "iteration-000000002.safetensors";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadNewest_CutAtEveryBlockAndARandomBitFlipped_IsRefusedAThousandTimes()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] whole = SaveTwo(width: 500);
        int[] cuts = [.. Enumerable.Range(0, (whole.Length + 4095) / 4096).Select(block => block * 4096)];
        cuts.Length.ShouldBeGreaterThan(4);
        foreach (int cut in cuts) Refuse(whole[..cut], $"cut at {cut}").ShouldContain("truncated");

        for (int i = 0; i < 1000; i++)
        {
            // A header has as many chances as all the rest; and the file is cut as well, at a place in its turn.
            int header = 8 + BitConverter.ToInt32(whole);
            byte[] flipped = (byte[])whole.Clone();
            int position = random.Next(i % 2 == 0 ? header : whole.Length);
            int bit = random.Next(8);
            flipped[position] ^= (byte)(1 << bit);
            Refuse(flipped, $"seed {seed}, flip {i}: bit {bit} of byte {position}");
            if (i % 4 == 0) Refuse(flipped[..cuts[i % cuts.Length]], $"seed {seed}, flip {i}: bit {bit} of byte {position}, cut at {cuts[i % cuts.Length]}");
        }
    }

    [Fact]
    public void Parse_EveryBitFlipped_IsRefused()
    {
        byte[] bytes = SaveTwo();
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<CheckpointException>(() => CheckpointReader.Parse(bytes, Newest), $"bit {bit}").Message.ShouldContain(Newest);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        CheckpointReader.Parse(bytes, Newest).Iteration.ShouldBe(2);
    }

    [Fact]
    public void Parse_EveryLength_IsRefusedAsTruncated()
    {
        byte[] whole = SaveTwo();
        for (int length = 0; length < whole.Length; length++)
            Should.Throw<CheckpointException>(() => CheckpointReader.Parse(whole.AsMemory(0, length), Newest), $"length {length}").Message.ShouldContain("truncated");
    }

    [Fact]
    public void ReadNewest_BytesAppended_IsRefused()
    {
        byte[] whole = SaveTwo();
        Refuse([.. whole, 0], "a zero").ShouldContain("appended");
        Refuse([.. whole, .. whole], "twice").ShouldContain("appended");
        Refuse([], "nothing").ShouldContain("empty");
    }

    [Fact]
    public void ReadNewest_AGoodFileInItsPlace_IsRefusedByTheManifest()
    {
        SaveTwo();
        Checkpoint other = SmallCheckpoints.Create(2) with { RunId = "another" };
        CheckpointFormat.Write(other).WriteAtomically(_folder.File(Newest));
        CheckpointReader.Read(_folder.File(Newest)).RunId.ShouldBe("another");
        ReadWithReports().ShouldContain("another file has taken its place");

        File.Delete(_folder.File(CheckpointManifest.FileName));
        File.Copy(_folder.File("iteration-000000001.safetensors"), _folder.File(Newest), overwrite: true);
        ReadWithReports().ShouldContain("renamed");
    }

    [Fact]
    public void Parse_RandomBytesUnderASealThatHolds_ThrowsNothingElse()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] whole = SaveTwo();
        int hash = whole.AsSpan().IndexOf("checkpoint_sha256\":\""u8) + 20;
        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = (byte[])whole.Clone();
            for (int change = random.Next(1, 4); change > 0; change--) changed[random.Next(hash + 64, 8 + BitConverter.ToInt32(whole))] = (byte)random.Next(256);
            System.Text.Encoding.ASCII.GetBytes(SelfHash.Compute(changed, hash)).CopyTo(changed, hash);
            try
            {
                CheckpointReader.Parse(changed, Newest);
            }
            catch (CheckpointException e)
            {
                e.Message.ShouldContain(Newest, customMessage: $"seed {seed}, change {i}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, change {i}", e);
            }
        }
    }

    private byte[] SaveTwo(int width = 4)
    {
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        store.Save(SmallCheckpoints.Create(1, width));
        return File.ReadAllBytes(store.Save(SmallCheckpoints.Create(2, width)));
    }

    private string Refuse(byte[] bytes, string damage)
    {
        File.WriteAllBytes(_folder.File(Newest), bytes);
        return ReadWithReports(damage);
    }

    private string ReadWithReports(string? damage = null)
    {
        var reports = new List<string>();
        Checkpoint? read = CheckpointStore.ReadNewest(_folder.Path, reports.Add);
        read.ShouldNotBeNull(damage);
        read.Iteration.ShouldBe(1, damage);
        reports.ShouldNotBeEmpty(damage);
        reports[^1].ShouldContain(Newest, customMessage: damage);
        return reports[^1];
    }
}
