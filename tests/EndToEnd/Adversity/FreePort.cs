using System.Net;
using System.Net.Sockets;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>A port of loopback that nobody listens on, for a process that must come back to the same one.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
