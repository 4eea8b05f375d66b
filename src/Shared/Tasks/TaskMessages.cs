using System.Buffers.Binary;
using Google.Protobuf;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Task descriptors as they cross the wire.</summary>
public static class TaskMessages
{
    /// <summary>Turns a descriptor into its message.</summary>
    public static Protos.V1.TaskDescriptor ToMessage(TaskDescriptor task) => task switch
    {
        SinusoidTask sinusoid => new()
        {
            Index = (uint)sinusoid.Index,
            Sinusoid = new() { Amplitude = sinusoid.Amplitude, Phase = sinusoid.Phase, ExampleSeed = sinusoid.ExampleSeed },
        },
        LogisticTask logistic => new()
        {
            Index = (uint)logistic.Index,
            Logistic = new() { RuleSeed = logistic.RuleSeed, ExampleSeed = logistic.ExampleSeed },
        },
        ImageTask image => new()
        {
            Index = (uint)image.Index,
            Image = new() { Classes = { image.Classes.Select(ToMessage) } },
        },
        InlineTask inline => new()
        {
            Index = (uint)inline.Index,
            Inline = new()
            {
                SupportInputs = ToBytes(inline.SupportInputs),
                SupportLabels = ToBytes(inline.SupportLabels),
                QueryInputs = ToBytes(inline.QueryInputs),
            },
        },
        _ => throw new ArgumentException($"A task of type {task.GetType().Name} has no message.", nameof(task)),
    };

    /// <summary>Turns a message into the descriptor that it holds.</summary>
    /// <exception cref="FormatException">The message names no kind of task that this version knows, or its numbers are torn.</exception>
    public static TaskDescriptor FromMessage(Protos.V1.TaskDescriptor message)
    {
        int index = checked((int)message.Index);
        return message.KindCase switch
        {
            Protos.V1.TaskDescriptor.KindOneofCase.Sinusoid =>
                new SinusoidTask(index, message.Sinusoid.Amplitude, message.Sinusoid.Phase, message.Sinusoid.ExampleSeed),
            Protos.V1.TaskDescriptor.KindOneofCase.Logistic =>
                new LogisticTask(index, message.Logistic.RuleSeed, message.Logistic.ExampleSeed),
            Protos.V1.TaskDescriptor.KindOneofCase.Image =>
                new ImageTask(index, [.. message.Image.Classes.Select(FromMessage)]),
            Protos.V1.TaskDescriptor.KindOneofCase.Inline =>
                new InlineTask(index, ToFloats(message.Inline.SupportInputs), ToFloats(message.Inline.SupportLabels), ToFloats(message.Inline.QueryInputs)),
            _ => throw new FormatException($"Task {index} has no kind that this version knows; coordinator and worker should run the same version."),
        };
    }

    private static ByteString ToBytes(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static float[] ToFloats(ByteString bytes)
    {
        if (bytes.Length % sizeof(float) != 0) throw new FormatException($"An inline task holds {bytes.Length} bytes of numbers; expected a multiple of {sizeof(float)}.");
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(i * sizeof(float))..]);
        return values;
    }

    private static Protos.V1.ImageClass ToMessage(ImageClass image) => new()
    {
        ClassIndex = (uint)image.ClassIndex,
        QuarterTurns = (uint)image.QuarterTurns,
        SupportExamples = ByteString.CopyFrom(image.SupportExamples.Span),
        QueryExamples = ByteString.CopyFrom(image.QueryExamples.Span),
    };

    private static ImageClass FromMessage(Protos.V1.ImageClass message) => new(
        checked((int)message.ClassIndex),
        checked((int)message.QuarterTurns),
        message.SupportExamples.ToByteArray(),
        message.QueryExamples.ToByteArray());
}
