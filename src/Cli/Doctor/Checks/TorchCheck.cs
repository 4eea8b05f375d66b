using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>libtorch, and the native library between it and C#.</summary>
internal sealed class TorchCheck : IDoctorCheck
{
    /// <summary>Installs libtorch and what builds the native library; the next start of <c>./maml</c> builds it.</summary>
    public static string Remedy => DeviceCatalog.BringsTorch
        ? "MamlPackages=compat ./maml doctor"
        : "apt-get install -y cmake make g++ libtorch-dev libopenblas0-serial && ./maml doctor";

    public string Subject => "libtorch";

    public Task<Finding> RunAsync(CancellationToken cancellation)
    {
        try
        {
            string version = DeviceCatalog.TorchVersion;
            string library = LoadedLibraries.Find("libtorch_cpu", "libtorch.") ?? "its place is unknown";
            string bridge = LoadedLibraries.Find("libMamlTorch", "libLibTorchSharp") ?? "its place is unknown";
            return Task.FromResult(Finding.Good(Subject, $"{version} ({library}), native library {bridge}"));
        }
        catch (DeviceException exception)
        {
            return Task.FromResult(Finding.Broken(Subject, exception.Message, Remedy));
        }
    }
}
