using Maml.Cluster.Cli.Doctor.Checks;

namespace Maml.Cluster.Cli.Doctor;

/// <summary>All checks, one after the other.</summary>
internal static class Examination
{
    // libtorch first: where it is broken, the ones that need it are not asked.
    private static readonly IDoctorCheck[] Independent = [new DotnetCheck(), new OmniglotCheck(), new PortCheck()];
    private static readonly IDoctorCheck[] NeedTorch = [new BlasCheck(), new DevicesCheck(), new GradientCheck()];

    /// <summary>Findings as they come.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        Finding torch = await LookAsync(new TorchCheck(), cancellation);
        yield return torch;
        foreach (IDoctorCheck check in torch.Verdict == Verdict.Good ? NeedTorch.Concat(Independent) : Independent)
            yield return await LookAsync(check, cancellation);
    }

    private static async Task<Finding> LookAsync(IDoctorCheck check, CancellationToken cancellation)
    {
        try
        {
            return await check.RunAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What follows the first line is libtorch's own call stack.
            return Finding.Broken(check.Subject, exception.Message.Split('\n', 2)[0], TorchCheck.Remedy);
        }
    }
}
