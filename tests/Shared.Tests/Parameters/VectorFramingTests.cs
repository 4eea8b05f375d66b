using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class VectorFramingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1761)]
    [InlineData(VectorFraming.FrameElements)]
    [InlineData(VectorFraming.FrameElements + 1)]
    [InlineData((3 * VectorFraming.FrameElements) - 5)]
    public void Add_EveryFrameInOrder_GivesTheVectorBack(int length)
    {
        float[] vector = Vector(length);
        float[] received = new float[length];
        var assembler = new VectorAssembler("run", 4, received);
        IReadOnlyList<VectorFrame> frames = VectorFraming.Cut("run", 4, vector);
        frames.ShouldAllBe(frame => frame.Data.Length <= 1 << 20);
        for (int i = 0; i < frames.Count; i++) assembler.Add(frames[i]).ShouldBe(i == frames.Count - 1);
        received.ShouldBe(vector);
    }

    [Fact]
    public void Checksum_PublishedInput_GivesPublishedOutput()
    {
        // RFC 3720, appendix B.4: 32 bytes of zeros.
        VectorFraming.Checksum(new float[8]).ShouldBe(0x8a9136aau);
    }

    public static TheoryData<string, Action<VectorFrame>> Faults => new()
    {
        { "amid vector", frame => frame.RunId = "other" },
        { "amid vector", frame => frame.VectorId = 5 },
        { "announces", frame => frame.TotalElements = 9 },
        { "starts at element", frame => frame.OffsetElements = 2 },
        { "multiple of 4", frame => frame.Data = Google.Protobuf.ByteString.CopyFrom(new byte[7]) },
        { "multiple of 4", frame => frame.Data = Google.Protobuf.ByteString.CopyFrom(new byte[44]) },
        { "is empty", frame => frame.Data = Google.Protobuf.ByteString.Empty },
        { "altered on its way", frame => frame.Checksum ^= 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Add_FaultyFrame_NamesTheFault(string expected, Action<VectorFrame> damage)
    {
        VectorFrame frame = VectorFraming.Cut("run", 4, Vector(10))[0];
        damage(frame);
        Should.Throw<FormatException>(() => new VectorAssembler("run", 4, new float[10]).Add(frame)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Add_NamedFile_GivesTheVectorBack()
    {
        using HandoverWriter writer = HandoverWriter.TryCreate().ShouldNotBeNull();
        using HandoverReader reader = HandoverReader.TryOpen(writer.Path).ShouldNotBeNull();
        float[] vector = Vector(20_000), received = new float[20_000];
        new VectorAssembler("run", 4, received, handover: reader).Add(Named(writer, vector)).ShouldBeTrue();
        received.ShouldBe(vector);
    }

    [Fact]
    public void Add_FileWithAnotherVectorByNow_IsGone()
    {
        using HandoverWriter writer = HandoverWriter.TryCreate().ShouldNotBeNull();
        using HandoverReader reader = HandoverReader.TryOpen(writer.Path).ShouldNotBeNull();
        HandoverFile file = writer.TryWrite(MemoryMarshal.AsBytes(Vector(20_000).AsSpan())).ShouldNotBeNull();
        VectorFrame frame = VectorFraming.Name("run", 4, 20_000, file.Name);
        file.Dispose();
        writer.TryWrite(MemoryMarshal.AsBytes(Vector(20_000).AsSpan())).ShouldBeSameAs(file);
        Should.Throw<VectorGoneException>(() => new VectorAssembler("run", 4, new float[20_000], handover: reader).Add(frame))
            .Message.ShouldContain("found another one there, or none");
    }

    [Fact]
    public void Add_NamedFileWhereNoneMayBe_IsRefused()
    {
        using HandoverWriter writer = HandoverWriter.TryCreate().ShouldNotBeNull();
        VectorFrame frame = Named(writer, Vector(20_000));
        Should.Throw<FormatException>(() => new VectorAssembler("run", 4, new float[20_000]).Add(frame)).Message.ShouldContain("expected bytes");
    }

    private static VectorFrame Named(HandoverWriter writer, float[] vector) => VectorFraming.Name(
        "run", 4, vector.Length, writer.TryWrite(MemoryMarshal.AsBytes(vector.AsSpan())).ShouldNotBeNull().Name);

    private static float[] Vector(int length) => [.. Enumerable.Range(0, length).Select(i => (i * 0.37f) - 5)];
}
