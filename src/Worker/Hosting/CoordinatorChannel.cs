using Grpc.Net.Client;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>The connection to the coordinator.</summary>
internal static class CoordinatorChannel
{
    /// <summary>Creates a channel; it connects with the first call.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="options">What is shown there.</param>
    /// <param name="loggers">Make loggers.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WorkerException">A certificate or the token cannot be used.</exception>
    public static GrpcChannel Create(Uri address, WorkerOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        var reports = new SecurityReports(loggers.CreateLogger<SecurityReports>());
        try
        {
            return GrpcChannel.ForAddress(address, new GrpcChannelOptions
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
