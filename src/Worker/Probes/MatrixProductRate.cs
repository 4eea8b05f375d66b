namespace Maml.Cluster.Worker.Probes;

/// <summary>How fast a device multiplies matrices.</summary>
/// <param name="Device">As PyTorch names it.</param>
/// <param name="DeviceName">What its maker calls it.</param>
/// <param name="TorchVersion">The version of libtorch.</param>
/// <param name="Side">Rows and columns of the matrices.</param>
/// <param name="GigaflopsPerSecond">10⁹ operations a second, a multiplication and an addition being two.</param>
public sealed record MatrixProductRate(string Device, string DeviceName, string TorchVersion, int Side, double GigaflopsPerSecond);
