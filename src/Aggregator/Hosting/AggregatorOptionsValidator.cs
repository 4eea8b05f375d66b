using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Aggregator.Hosting;

/// <summary>Says everything that is wrong with an aggregator's options.</summary>
internal static class AggregatorOptionsValidator
{
    private const int MaximumNameLength = 128;

    /// <summary>One complete message for each fault; empty when the options can be used. Reads no file.</summary>
    public static IReadOnlyList<string> Validate(AggregatorOptions options)
    {
        List<string> faults =
        [
            .. ClientCredentialsValidator.Validate(options.Coordinator, options.Credentials, options.Serving.InsecureAllowRemote),
            .. CoordinatorOptionsValidator.Validate(options.Serving),
        ];
        if (options.Name.Trim().Length is 0 or > MaximumNameLength)
            faults.Add($"Name: found {options.Name.Trim().Length} characters, expected 1 to {MaximumNameLength}.");
        if (options.DrainTimeout <= TimeSpan.Zero) faults.Add($"DrainTimeout: found {options.DrainTimeout}, expected a time above zero.");
        if (options.MaximumReconnectDelay <= TimeSpan.Zero)
            faults.Add($"MaximumReconnectDelay: found {options.MaximumReconnectDelay}, expected a time above zero.");
        return faults;
    }
}
