using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Worker.Models;

/// <summary>Finds the network that a configuration names.</summary>
internal static class ModelFactory
{
    /// <summary>Creates the network; its weights are those of <see cref="Shared.Models.ModelLayouts"/> for the same configuration.</summary>
    public static IModel Create(ModelConfiguration model) => model.Kind switch
    {
        ModelKind.Mlp or ModelKind.Logistic => new Mlp(),
        ModelKind.Conv4 => new Conv4(model.Downsample),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model.Kind, "There is no such model."),
    };
}
