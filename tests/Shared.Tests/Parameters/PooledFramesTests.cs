using System.Buffers;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class PooledFramesTests
{
    private static readonly VectorFrame Whole = new()
    {
        RunId = "run-ä",
        VectorId = ulong.MaxValue >> 2,
        TotalElements = 5000,
        OffsetElements = 300,
        Data = ByteString.CopyFrom([.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))]),
        Checksum = 0xfedcba98,
        Precision = VectorPrecision.Float16,
        ScaleExponent = -113,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void TryRead_AFrameInPieces_IsWhatTheGeneralParserReads(int piece)
    {
        byte[] bytes = new WorkerMessage { Gradient = Whole }.ToByteArray();
        VectorFrame frame = PooledFrames.TryRead(Cut(bytes, piece), WorkerMessage.GradientFieldNumber).ShouldNotBeNull();
        frame.ShouldBe(Whole);
        PooledFrames.Return(frame);
        frame.Data.IsEmpty.ShouldBeTrue();
        PooledFrames.Return(frame);
    }

    [Fact]
    public void TryRead_OtherMessages_AreLeftToTheGeneralParser()
    {
        WorkerMessage[] others =
        [
            new(), new() { Heartbeat = new Heartbeat { ResidentBytes = 5 } }, new() { Result = new ChunkResult { RunId = "run" } },
            new() { Gradient = new VectorFrame() { Data = ByteString.CopyFrom(new byte[(1 << 20) + 4]) } },
        ];
        foreach (WorkerMessage other in others) PooledFrames.TryRead(new(other.ToByteArray()), WorkerMessage.GradientFieldNumber).ShouldBeNull();
    }

    [Fact]
    public void TryRead_DamagedBytes_ReadsWhatTheGeneralParserReadsOrNothing()
    {
        const int seed = 12;
        var random = new Random(seed);
        byte[] whole = new WorkerMessage { Gradient = Whole }.ToByteArray();
        int read = 0;
        for (int repeat = 0; repeat < 20_000; repeat++)
        {
            byte[] bytes = [.. whole];

            // The first bytes hold all fields but the data, and the last ones the rest.
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(2) == 0 ? random.Next(40) : bytes.Length - 1 - random.Next(16);
                bytes[at] = (byte)random.Next(256);
            }

            if (random.Next(4) == 0) Array.Resize(ref bytes, random.Next(bytes.Length));
            if (PooledFrames.TryRead(Cut(bytes, random.Next(1, 2000)), WorkerMessage.GradientFieldNumber) is not { } frame) continue;
            read++;
            frame.ShouldBe(WorkerMessage.Parser.ParseFrom(bytes).Gradient, $"seed {seed}, repeat {repeat}");
            PooledFrames.Return(frame);
        }

        read.ShouldBeGreaterThan(1000, "most changes are to values and leave a message");
    }

    private static ReadOnlySequence<byte> Cut(byte[] bytes, int piece)
    {
        if (bytes.Length == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Segment(bytes.AsMemory(0, Math.Min(piece, bytes.Length)), 0);
        Segment last = first;
        for (int from = piece; from < bytes.Length; from += piece) last = last.Append(bytes.AsMemory(from, Math.Min(piece, bytes.Length - from)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
