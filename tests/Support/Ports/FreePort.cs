using System.Net;
using System.Net.Sockets;

namespace Maml.Cluster.Tests.Ports;

/// <summary>
/// A port of loopback that nobody listens on, for a process that must be told one, or come back to the same one. Below those that the system
/// hands out by itself: one of these may go to any connection or listener of another test before the process takes it, and a client that dials
/// it too early may even be connected with itself.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 15_000;

    // Where the system hands out others than usual, ports below these are as good as any.
    private const int AboveHighest = 32_768;

    private static readonly HashSet<int> Given = [];

    /// <summary>Finds one; none is given twice by the same process.</summary>
    public static int Find()
    {
        lock (Given)
        {
            for (int attempt = 0; attempt < 1000; attempt++)
            {
                int port = Random.Shared.Next(Lowest, AboveHighest);
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"Found no free port from {Lowest} to {AboveHighest - 1} in 1000 attempts.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
