using Grpc.Net.Client;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>The connection to the coordinator.</summary>
internal static class CoordinatorChannel
{
    // θ and gradients come in frames of 1 MiB; a window of as many bytes lets one be on its way while the next is written.
    private const int WindowBytes = 1 << 20;

    /// <summary>Creates a channel; it connects with the first call.</summary>
    public static GrpcChannel Create(WorkerOptions options, ILoggerFactory loggers) => GrpcChannel.ForAddress(options.Coordinator, new GrpcChannelOptions
    {
        LoggerFactory = loggers,
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            InitialHttp2StreamWindowSize = WindowBytes,

            // Without pings a coordinator whose machine went away silently would never be missed.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        },
    });
}
