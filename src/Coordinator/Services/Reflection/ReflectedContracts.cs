using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Maml.Cluster.Coordinator.Services.Reflection;

/// <summary>What a coordinator says of itself to those who ask for its contract.</summary>
internal static class ReflectedContracts
{
    /// <summary>The services that it maps, reflection itself left out.</summary>
    public static IReadOnlyList<ServiceDescriptor> All { get; } =
    [
        WorkerService.Descriptor, RunService.Descriptor, EvaluationService.Descriptor, AdaptationService.Descriptor, DataSetService.Descriptor,
        Health.Descriptor,
    ];
}
