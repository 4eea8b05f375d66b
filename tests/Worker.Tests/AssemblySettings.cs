using System.Runtime.CompilerServices;
using Maml.Cluster.Worker.Devices;

// Some builds of BLAS are not safe for two threads at once (see DeviceThread), and tests compute on their own threads.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Maml.Cluster.Worker.Tests;

internal static class AssemblySettings
{
    // Some tests use libtorch without a device's thread, and whoever is first decides on the kernels for all.
    [ModuleInitializer]
    internal static void ChooseKernels() => MatrixKernels.Choose();
}
