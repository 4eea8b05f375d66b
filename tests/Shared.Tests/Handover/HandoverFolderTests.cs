using System.Diagnostics;
using System.Runtime.Versioning;
using Maml.Cluster.Shared.Handover;

namespace Maml.Cluster.Shared.Tests.Handover;

public sealed class HandoverFolderTests : IDisposable
{
    private const int Length = HandoverFolder.SmallestVector;

    private readonly HandoverFolder _writer = HandoverFolder.TryCreate().ShouldNotBeNull();

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void TryRead_OtherProcessesFile_GivesItsBytes()
    {
        byte[] written = Bytes(Length, seed: 1), read = new byte[Length];
        string name = _writer.TryWrite(written).ShouldNotBeNull().Name;
        using HandoverFolder reader = HandoverFolder.TryOpen(_writer.Path).ShouldNotBeNull();
        reader.TryRead(name, read).ShouldBeTrue();
        read.ShouldBe(written);
    }

    [Fact]
    public void TryWrite_FileThatNobodyNeedsAnyMore_IsUsedAgain()
    {
        byte[] second = Bytes(Length, seed: 2), read = new byte[Length];
        HandoverFile first = _writer.TryWrite(Bytes(Length, seed: 1)).ShouldNotBeNull();
        HandoverFile other = _writer.TryWrite(Bytes(Length, seed: 3)).ShouldNotBeNull();
        other.Name.ShouldNotBe(first.Name);
        using HandoverFolder reader = HandoverFolder.TryOpen(_writer.Path).ShouldNotBeNull();
        reader.TryRead(first.Name, read).ShouldBeTrue();
        first.Dispose();
        _writer.TryWrite(second).ShouldNotBeNull().Name.ShouldBe(first.Name);
        reader.TryRead(first.Name, read).ShouldBeTrue();
        read.ShouldBe(second);
        Directory.GetFiles(_writer.Path).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(HandoverFolder.SmallestVector - 1)]
    [InlineData(HandoverFolder.LargestVector + 1)]
    public void TryWrite_VectorThatAConnectionCarriesBetter_WritesNothing(int length)
    {
        _writer.TryWrite(new byte[length]).ShouldBeNull();
        Directory.GetFiles(_writer.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1-1")]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    public void TryRead_NameOfNoFileOfTheFolder_ReadsNothing(string name)
    {
        byte[] untouched = [1, 2, 3];
        _writer.TryRead(name, untouched).ShouldBeFalse();
        untouched.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void TryRead_VectorOfAnotherLength_ReadsNothing()
    {
        string name = _writer.TryWrite(new byte[Length]).ShouldNotBeNull().Name;
        _writer.TryRead(name, new byte[Length - 4]).ShouldBeFalse();
        _writer.TryRead(name, new byte[Length + 4]).ShouldBeFalse();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void TryCreate_Folder_IsThisUsersAloneAndGoesWithItsOwner()
    {
        File.GetUnixFileMode(_writer.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (HandoverFolder guest = HandoverFolder.TryOpen(_writer.Path).ShouldNotBeNull()) guest.TryWrite(new byte[Length]).ShouldNotBeNull();
        Directory.Exists(_writer.Path).ShouldBeTrue("who only opened it does not remove it");
        Directory.GetFiles(_writer.Path).ShouldBeEmpty("but what it wrote there");
        _writer.Dispose();
        Directory.Exists(_writer.Path).ShouldBeFalse();
        HandoverFolder.TryOpen(_writer.Path).ShouldBeNull();
    }

    [Fact]
    public void TryCreate_FolderOfAProcessThatWasKilled_IsRemoved()
    {
        using Process ended = Process.Start("true");
        ended.WaitForExit();
        string orphan = Directory.CreateDirectory($"/dev/shm/maml-{ended.Id}-0123456789abcdef").FullName;
        File.WriteAllText(Path.Combine(orphan, "1-1"), "left");
        using HandoverFolder folder = HandoverFolder.TryCreate().ShouldNotBeNull();
        Directory.Exists(orphan).ShouldBeFalse();
        Directory.Exists(_writer.Path).ShouldBeTrue("its process lives");
    }

    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
