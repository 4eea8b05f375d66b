namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Kinds of devices, for tags: few, whatever workers call themselves.</summary>
public static class DeviceKinds
{
    private const string Other = "other";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = ["cpu", "cuda", Other];

    /// <summary>The kind of a device.</summary>
    /// <param name="device">As PyTorch names it: <c>cuda:0</c>.</param>
    public static string Of(string device)
    {
        string kind = device.Split(':', 2)[0];
        return All.Contains(kind) ? kind : Other;
    }
}
