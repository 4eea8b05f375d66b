using System.Globalization;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>A meta-gradient of each device against finite differences in float64.</summary>
internal sealed class GradientCheck : IDoctorCheck
{
    public string Subject => "gradient check";

    public async Task<Finding> RunAsync(CancellationToken cancellation)
    {
        List<string> errors = [];
        bool passed = true;
        foreach (DeviceDescription device in DeviceCatalog.List())
        {
            GradientCheckResult result = await GradientSelfCheck.RunAsync(device.Name);
            passed &= result.Passed;
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{device.Name} {result.RelativeError:0.0e+0} (at most {result.Tolerance:0.0e+0})"));
        }

        string detail = $"relative error of a second-order meta-gradient: {string.Join(", ", errors)}";
        return passed ? Finding.Good(Subject, detail) : Finding.Broken(Subject, detail, TorchCheck.Remedy);
    }
}
