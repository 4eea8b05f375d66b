using Google.Protobuf;

namespace Maml.Cluster.Coordinator.Tests.Security.Fuzzing;

/// <summary>Turns bytes of a message into bytes that may be none.</summary>
internal sealed class Mutations(Random random)
{
    private const int MaximumLength = 60_000;

    /// <summary>Random bytes.</summary>
    public byte[] Noise()
    {
        byte[] noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>A message with one to three of its parts spoilt.</summary>
    public byte[] Spoil(byte[] message)
    {
        for (int i = random.Next(1, 4); i > 0 && message.Length < MaximumLength; i--) message = SpoilOnce(message);
        return message;
    }

    private byte[] SpoilOnce(byte[] message) => random.Next(11) switch
    {
        0 => Overwrite(message, (byte)random.Next(256)),
        1 => message.Length == 0 ? message : Overwrite(message, (byte)(message[random.Next(message.Length)] ^ (1 << random.Next(8)))),
        2 => message[..random.Next(message.Length + 1)],
        3 => [.. message, .. message],
        4 => Insert(message, Noise()),

        // A length that promises far more than there is, or more than an int holds.
        5 => Insert(message, Field(output => { output.WriteTag(Number(), WireFormat.WireType.LengthDelimited); output.WriteUInt64(Huge()); })),

        // A known number with a wire type of another kind.
        6 => Insert(message, Field(output => { output.WriteTag(Number(), (WireFormat.WireType)random.Next(8)); output.WriteUInt64(Huge()); })),

        // Thousands of entries where a list is expected, each with nothing in it.
        7 => Insert(message, Repeat(Number(), random.Next(1, 5000))),

        // Messages in messages, deeper than any reader goes; and groups that begin and do not end.
        8 => Insert(message, Nest(Number(), random.Next(1, 300))),
        9 => Insert(message, Field(output => output.WriteTag(Number(), WireFormat.WireType.StartGroup))),

        // A number of zero, an endless varint, and text that is no UTF-8.
        _ => Insert(message, random.Next(3) switch
        {
            0 => [0, 1],
            1 => [.. Enumerable.Repeat((byte)0xFF, 11)],
            _ => Field(output => { output.WriteTag(Number(), WireFormat.WireType.LengthDelimited); output.WriteBytes(ByteString.CopyFrom(0xC3, 0x28, 0xFF)); }),
        }),
    };

    private int Number() => random.Next(20) == 0 ? random.Next(1, 1 << 28) : random.Next(1, 14);

    private ulong Huge() => ulong.MaxValue >> random.Next(64);

    private byte[] Overwrite(byte[] message, byte value)
    {
        if (message.Length == 0) return message;
        byte[] copy = [.. message];
        copy[random.Next(copy.Length)] = value;
        return copy;
    }

    private byte[] Insert(byte[] message, byte[] part)
    {
        int at = random.Next(message.Length + 1);
        return [.. message[..at], .. part, .. message[at..]];
    }

    private static byte[] Repeat(int number, int count)
    {
        return Field(output =>
        {
            for (int i = 0; i < count; i++)
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteLength(0);
            }
        });
    }

    private static byte[] Nest(int number, int depth)
    {
        byte[] inner = [];
        for (int i = 0; i < depth && inner.Length < MaximumLength; i++)
        {
            byte[] content = inner;
            inner = Field(output =>
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(content));
            });
        }

        return inner;
    }

    private static byte[] Field(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(output);
        return stream.ToArray();
    }
}
