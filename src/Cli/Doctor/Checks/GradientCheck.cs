using System.Globalization;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>Meta-gradients of each device in float32 against what they are in float64.</summary>
internal sealed class GradientCheck : IDoctorCheck
{
    public string Subject => "gradient check";

    public async Task<Finding> RunAsync(CancellationToken cancellation)
    {
        List<string> errors = [];
        bool passed = true;
        foreach (DeviceDescription device in DeviceCatalog.List())
        {
            IReadOnlyList<GradientCheckResult> results = await GradientSelfCheck.RunAsync(device.Name);
            passed &= results.All(result => result.Passed);
            errors.Add($"{device.Name} {string.Join(", ", results.Select(Describe))}");
        }

        string detail = $"relative error of second-order meta-gradients: {string.Join("; ", errors)}";
        return passed ? Finding.Good(Subject, detail) : Finding.Broken(Subject, detail, TorchCheck.Remedy);
    }

    private static string Describe(GradientCheckResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.RelativeError:0.0e+0} for a {result.Network} (at most {result.Tolerance:0.0e+0})");
}
