using Grpc.Net.Client;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>The connection to the coordinator.</summary>
internal static class CoordinatorChannel
{
    /// <summary>Creates a channel; it connects with the first call.</summary>
    /// <exception cref="WorkerException">A certificate or the token cannot be used.</exception>
    public static GrpcChannel Create(WorkerOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        var reports = new SecurityReports(loggers.CreateLogger<SecurityReports>());
        try
        {
            return GrpcChannel.ForAddress(options.Coordinator, new GrpcChannelOptions
            {
                LoggerFactory = loggers,
                DisposeHttpClient = true,
                HttpHandler = CoordinatorHandler.Create(options.Credentials, options.InsecureAllowRemote, reports, time),
            });
        }
        catch (SecurityFileException e)
        {
            throw new WorkerException(e.Message, e);
        }
    }
}
