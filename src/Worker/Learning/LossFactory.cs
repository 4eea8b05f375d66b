using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Finds the loss that a configuration names.</summary>
internal static class LossFactory
{
    /// <summary>Creates the loss.</summary>
    public static ILoss Create(Loss loss) => loss switch
    {
        Loss.CrossEntropy => new CrossEntropyLoss(),
        Loss.BinaryCrossEntropy => new BinaryCrossEntropyLoss(),
        Loss.Mse => new MeanSquaredErrorLoss(),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
    };
}
