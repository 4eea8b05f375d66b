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
        _ => throw new ArgumentException($"A task of type {task.GetType().Name} has no message.", nameof(task)),
    };

    /// <summary>Turns a message into the descriptor that it holds.</summary>
    /// <exception cref="FormatException">The message names no kind of task that this version knows.</exception>
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
            _ => throw new FormatException($"Task {index} has no kind that this version knows; coordinator and worker should run the same version."),
        };
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
