using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Cli.Connections;

/// <summary>A client's connection to a coordinator.</summary>
internal static class ClientChannel
{
    /// <summary>Creates a channel; it connects with the first call.</summary>
    /// <exception cref="UsageException">A certificate or the token cannot be used.</exception>
    public static GrpcChannel Create(Uri coordinator, ClientCredentials credentials, bool insecureAllowRemote, Terminal terminal)
    {
        try
        {
            return GrpcChannel.ForAddress(coordinator, new GrpcChannelOptions
            {
                DisposeHttpClient = true,
                HttpHandler = CoordinatorHandler.Create(credentials, insecureAllowRemote, new TerminalReports(terminal), TimeProvider.System),
            });
        }
        catch (SecurityFileException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
