namespace Maml.Cluster.Worker.Devices;

/// <summary>A device that libtorch can compute on.</summary>
/// <param name="Name">As PyTorch names it: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="ProductName">What its maker calls it.</param>
/// <param name="MemoryBytes">Its memory; 0 when unknown.</param>
public sealed record DeviceDescription(string Name, string ProductName, long MemoryBytes);
