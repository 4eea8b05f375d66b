using System.Net;
using System.Net.Sockets;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>Whether a coordinator could listen on its usual port.</summary>
internal sealed class PortCheck : IDoctorCheck
{
    private static readonly int Port = new CoordinatorOptions().Port;

    public string Subject => "port";

    public Task<Finding> RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            return Task.FromResult(Finding.Good(Subject, $"{Port} is free for 'maml coordinator'"));
        }
        catch (SocketException)
        {
            return Task.FromResult(Finding.Improvable(Subject, $"{Port} is in use; 'maml train' takes any that is free", "./maml coordinator --port 0"));
        }
    }
}
