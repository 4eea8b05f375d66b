using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Hosts;

/// <summary>A test of several hosts with the real Omniglot: skipped visibly where there can be none, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostsFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Fault = new(FaultOf);

    public HostsFactAttribute() => Skip = new OmniglotFactAttribute().Skip ?? (Environment.GetEnvironmentVariable("CI") == "true" ? null : Fault.Value);

    private static string? FaultOf()
    {
        try
        {
            using NetworkHosts hosts = NetworkHosts.Create(2);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"Network namespaces cannot be made here, which needs root and iproute2: {e.Message}";
        }
    }
}
