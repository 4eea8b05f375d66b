namespace Maml.Cluster.Shared.Configuration.Messages;

/// <summary>The enumerations that are enumerations on the wire as well.</summary>
internal static class MessageEnums
{
    /// <summary>An algorithm as it crosses the wire.</summary>
    public static Protos.V1.Algorithm ToMessage(Algorithm algorithm) => algorithm switch
    {
        Algorithm.Maml => Protos.V1.Algorithm.Maml,
        Algorithm.Fomaml => Protos.V1.Algorithm.Fomaml,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "There is no such algorithm."),
    };

    /// <summary>What is kept of the inner steps, as it crosses the wire.</summary>
    public static Protos.V1.SecondOrder ToMessage(SecondOrder secondOrder) => secondOrder switch
    {
        SecondOrder.Unrolled => Protos.V1.SecondOrder.Unrolled,
        SecondOrder.Recomputed => Protos.V1.SecondOrder.Recomputed,
        _ => throw new ArgumentOutOfRangeException(nameof(secondOrder), secondOrder, "There is no such mode."),
    };

    /// <summary>A loss as it crosses the wire.</summary>
    public static Protos.V1.Loss ToMessage(Loss loss) => loss switch
    {
        Loss.CrossEntropy => Protos.V1.Loss.CrossEntropy,
        Loss.BinaryCrossEntropy => Protos.V1.Loss.BinaryCrossEntropy,
        Loss.Mse => Protos.V1.Loss.Mse,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
    };

    /// <summary>The algorithm that a message holds; null when it holds none that this version knows.</summary>
    public static Algorithm? FromMessage(Protos.V1.Algorithm algorithm) => algorithm switch
    {
        Protos.V1.Algorithm.Maml => Algorithm.Maml,
        Protos.V1.Algorithm.Fomaml => Algorithm.Fomaml,
        _ => null,
    };

    /// <summary>What a message says of the inner steps; null when it says nothing that this version knows.</summary>
    public static SecondOrder? FromMessage(Protos.V1.SecondOrder secondOrder) => secondOrder switch
    {
        Protos.V1.SecondOrder.Unrolled => SecondOrder.Unrolled,
        Protos.V1.SecondOrder.Recomputed => SecondOrder.Recomputed,
        _ => null,
    };

    /// <summary>The loss that a message holds; null when it holds none that this version knows.</summary>
    public static Loss? FromMessage(Protos.V1.Loss loss) => loss switch
    {
        Protos.V1.Loss.CrossEntropy => Loss.CrossEntropy,
        Protos.V1.Loss.BinaryCrossEntropy => Loss.BinaryCrossEntropy,
        Protos.V1.Loss.Mse => Loss.Mse,
        _ => null,
    };
}
