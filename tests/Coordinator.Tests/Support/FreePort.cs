using System.Net;
using System.Net.Sockets;

namespace Maml.Cluster.Coordinator.Tests.Support;

internal static class FreePort
{
    /// <summary>A port that is free now.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
