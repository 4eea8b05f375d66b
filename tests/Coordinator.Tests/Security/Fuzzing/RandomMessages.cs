using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Maml.Cluster.Coordinator.Tests.Security.Fuzzing;

/// <summary>Messages that are well formed and otherwise anything, from their descriptors.</summary>
internal sealed class RandomMessages(Random random)
{
    private const int DeepestMessage = 4;

    private static readonly string[] Texts =
    [
        "", "x", "omniglot", "sinusoid", "mlp", "adam", "../../etc/passwd", "/etc/passwd", "a/../../b", ".", "..", "\0", "run\nforged line", "\u001b[31m",
        "%s%n{0}", "ünïcödé ✓", new('a', 300), new('/', 5000), "maml.v1.RunService", "grpc.health.v1.Health", new('0', 64), new('f', 64), "CON", "a\\b",
    ];

    private static readonly double[] Numbers =
    [
        0, -0.0, 1, -1, 0.01, 1e-300, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, float.MaxValue,
    ];

    /// <summary>A message of a type.</summary>
    public IMessage Create(MessageDescriptor type, int depth = 0)
    {
        IMessage message = type.Parser.ParseFrom(ReadOnlySpan<byte>.Empty.ToArray());
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            if (random.Next(3) == 0 || (field.FieldType == FieldType.Message && depth >= DeepestMessage)) continue;
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int i = random.Next(4); i > 0; i--) list.Add(Value(field, depth));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, depth));
            }
        }

        return message;
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Create(field.MessageType, depth + 1),
        FieldType.String => Texts[random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(Bytes(random.Next(40))),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Double => Numbers[random.Next(Numbers.Length)],
        FieldType.Float => (float)Numbers[random.Next(Numbers.Length)],
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(-1, 6)),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)Integer(),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Integer(),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => (long)Integer(),
        FieldType.UInt64 or FieldType.Fixed64 => Integer(),
        _ => throw new NotSupportedException($"{field.FieldType}"),
    };

    private ulong Integer() => random.Next(6) switch
    {
        0 => 0,
        1 => 1,
        2 => (ulong)random.Next(100),
        3 => ulong.MaxValue >> random.Next(64),
        4 => 1UL << random.Next(64),
        _ => (ulong)random.NextInt64(),
    };

    private byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
