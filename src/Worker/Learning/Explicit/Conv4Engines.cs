using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning.Explicit.Fused;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>Finds the engine for a network on a device.</summary>
internal static class Conv4Engines
{
    /// <summary>The fastest engine: on a CPU our own kernels where filters fill their vectors, tensor operations elsewhere.</summary>
    public static IConv4Engine Find(ModelConfiguration model, ParameterLayout layout, DeviceType device, torch.ScalarType precision)
    {
        bool isSingle = precision == torch.float32;
        bool fillsVectors = isSingle ? FusedConv4Engine<float>.Supports(model.Filters) : FusedConv4Engine<double>.Supports(model.Filters);
        if (device == DeviceType.CPU && fillsVectors)
        {
            return isSingle
                ? new FusedConv4Engine<float>(layout, model.Downsample)
                : new FusedConv4Engine<double>(layout, model.Downsample);
        }

        return new PortableConv4Engine(layout, model.Downsample);
    }
}
