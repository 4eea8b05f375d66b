using System.Runtime.Versioning;
using Maml.Cluster.Shared.Handover;

namespace Maml.Cluster.Shared.Tests.Handover;

public sealed class HandoverTests : IDisposable
{
    private const int Length = HandoverWriter.SmallestVector;

    private readonly HandoverWriter _coordinator = HandoverWriter.TryCreate().ShouldNotBeNull();
    private readonly HandoverReader _reader;

    public HandoverTests() => _reader = HandoverReader.TryOpen(_coordinator.Path).ShouldNotBeNull();

    public void Dispose()
    {
        _reader.Dispose();
        _coordinator.Dispose();
    }

    [Fact]
    public void TryRead_FileThatWasWritten_GivesItsBytes()
    {
        byte[] written = Bytes(Length, seed: 1), read = new byte[Length];
        _reader.TryRead(_coordinator.TryWrite(written).ShouldNotBeNull().Name, read).ShouldBeTrue();
        read.ShouldBe(written);
    }

    [Fact]
    public void TryWrite_FileThatNobodyNeedsAnyMore_IsUsedAgain()
    {
        byte[] second = Bytes(Length, seed: 2), read = new byte[Length];
        HandoverFile first = _coordinator.TryWrite(Bytes(Length, seed: 1)).ShouldNotBeNull();
        HandoverFile other = _coordinator.TryWrite(Bytes(Length, seed: 3)).ShouldNotBeNull();
        other.Name.ShouldNotBe(first.Name);
        string before = first.Name;
        _reader.TryRead(before, read).ShouldBeTrue();
        first.Dispose();
        _coordinator.TryWrite(second).ShouldBeSameAs(first);
        _reader.TryRead(first.Name, read).ShouldBeTrue();
        read.ShouldBe(second);
        _reader.TryRead(before, read).ShouldBeFalse("another vector lies there by now");
        Directory.GetFiles(_coordinator.Path).Select(Path.GetFileName).Order().ShouldBe(["1", "2", "lock"]);
    }

    [Fact]
    public void Trim_FilesThatNobodyNeedsAnyMore_TakeNoMemoryAndServeAnyLength()
    {
        byte[] held = Bytes(Length, seed: 1), longer = Bytes(Length + 4, seed: 3), read = new byte[Length];
        HandoverFile kept = _coordinator.TryWrite(held).ShouldNotBeNull();
        HandoverFile free = _coordinator.TryWrite(Bytes(Length, seed: 2)).ShouldNotBeNull();
        _reader.TryRead(free.Name, read).ShouldBeTrue();
        free.Dispose();
        _coordinator.Trim();
        new FileInfo(Path.Combine(_coordinator.Path, "2")).Length.ShouldBe(0);
        _reader.TryRead(free.Name, read).ShouldBeFalse();
        _reader.TryRead(kept.Name, read).ShouldBeTrue();
        read.ShouldBe(held);
        _coordinator.TryWrite(longer).ShouldBeSameAs(free);
        byte[] again = new byte[Length + 4];
        _reader.TryRead(free.Name, again).ShouldBeTrue();
        again.ShouldBe(longer);
    }

    [Theory]
    [InlineData(HandoverWriter.SmallestVector - 1)]
    [InlineData(HandoverWriter.LargestVector + 1)]
    public void TryWrite_VectorThatAConnectionCarriesBetter_WritesNothing(int length)
    {
        _coordinator.TryWrite(new byte[length]).ShouldBeNull();
        Directory.GetFiles(_coordinator.Path).Select(Path.GetFileName).ShouldBe(["lock"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1-1")]
    [InlineData("1-0")]
    [InlineData("-1-1")]
    [InlineData("1-")]
    [InlineData("lock")]
    [InlineData("99999999999999999999-1")]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    public void TryRead_NameOfNoFileOfTheFolder_ReadsNothing(string name)
    {
        byte[] untouched = [1, 2, 3];
        _reader.TryRead(name, untouched).ShouldBeFalse();
        untouched.ShouldBe([1, 2, 3]);
    }

    /// <summary>A reader that is late, while the writer goes on: what it takes for a vector is one, whole.</summary>
    [Fact]
    public async Task TryRead_WhileTheFileIsWrittenAgain_GivesWholeVectorsOnly()
    {
        HandoverFile file = _coordinator.TryWrite(new byte[Length]).ShouldNotBeNull();
        using var done = new CancellationTokenSource();
        string name = file.Name;
        Task writing = Task.Run(() =>
        {
            byte[] vector = new byte[Length];
            for (int i = 1; i <= 3000; i++)
            {
                file.Dispose();
                Array.Fill(vector, (byte)i);
                _coordinator.TryWrite(vector).ShouldBeSameAs(file);
                Volatile.Write(ref name, file.Name);
            }

            done.Cancel();
        });
        byte[] read = new byte[Length];
        int whole = 0, late = 0;
        while (!done.IsCancellationRequested)
        {
            if (!_reader.TryRead(Volatile.Read(ref name), read))
            {
                late++;
                continue;
            }

            whole++;
            read.AsSpan().IndexOfAnyExcept(read[0]).ShouldBe(-1);
        }

        await writing;
        whole.ShouldBeGreaterThan(0);
        late.ShouldBeGreaterThan(0, "nothing was read while it was written, so that this has shown nothing");
    }

    [Fact]
    public void TryRead_VectorOfAnotherLength_ReadsNothing()
    {
        string name = _coordinator.TryWrite(new byte[Length]).ShouldNotBeNull().Name;
        _reader.TryRead(name, new byte[Length - 4]).ShouldBeFalse();
        _reader.TryRead(name, new byte[Length + 4]).ShouldBeFalse();
    }

    [Fact]
    public void TryOpenWithin_WorkersFolder_IsReadAndGoesWithTheConnection()
    {
        HandoverWriter killed = HandoverWriter.TryCreateWithin(_coordinator.Path).ShouldNotBeNull();
        byte[] written = Bytes(Length, seed: 1), read = new byte[Length];
        string name = killed.TryWrite(written).ShouldNotBeNull().Name;
        using (HandoverReader connection = HandoverReader.TryOpenWithin(_coordinator.Path, killed.Path).ShouldNotBeNull())
        {
            connection.TryRead(name, read).ShouldBeTrue();
            read.ShouldBe(written);
        }

        Directory.Exists(killed.Path).ShouldBeFalse("nobody else would remove what a worker that was killed has left");
        killed.TryWrite(new byte[Length + 4]).ShouldBeNull();
    }

    [Fact]
    public void TryOpenWithin_FolderElsewhere_IsRefused()
    {
        using HandoverWriter other = HandoverWriter.TryCreate().ShouldNotBeNull();
        using HandoverWriter workers = HandoverWriter.TryCreateWithin(other.Path).ShouldNotBeNull();
        string[] elsewhere = ["", "/", "/etc", other.Path, workers.Path, _coordinator.Path, Path.Combine(_coordinator.Path, ".."), Path.Combine(_coordinator.Path, "9-9")];
        foreach (string path in elsewhere) HandoverReader.TryOpenWithin(_coordinator.Path, path).ShouldBeNull(path);
    }

    [Fact]
    public void TryOpen_FolderThatIsNotThere_GivesNothing()
    {
        HandoverReader.TryOpen("/dev/shm/maml-none").ShouldBeNull();
        HandoverWriter.TryCreateWithin("/dev/shm/maml-none").ShouldBeNull();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void TryCreate_Folder_IsThisUsersAloneAndGoesWithItsOwner()
    {
        File.GetUnixFileMode(_coordinator.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        HandoverWriter.TryCreateWithin(_coordinator.Path).ShouldNotBeNull().TryWrite(new byte[Length]).ShouldNotBeNull();
        _coordinator.Dispose();
        Directory.Exists(_coordinator.Path).ShouldBeFalse();
    }

    [Fact]
    public void TryCreate_FolderOfAProcessThatWasKilled_IsRemoved()
    {
        string orphan = Directory.CreateDirectory($"/dev/shm/maml-{Environment.ProcessId}-{Guid.NewGuid():n}").FullName;
        File.WriteAllText(Path.Combine(orphan, "1"), "left");
        File.WriteAllText(Path.Combine(orphan, "lock"), "");
        using HandoverWriter folder = HandoverWriter.TryCreate().ShouldNotBeNull();
        Directory.Exists(orphan).ShouldBeFalse();
        Directory.Exists(_coordinator.Path).ShouldBeTrue("its process lives");
    }

    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
