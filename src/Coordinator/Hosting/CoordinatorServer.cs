using System.Net;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Security.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>The web server of a coordinator or an aggregator: where it listens, what it logs, and the doors before every service.</summary>
internal static class CoordinatorServer
{
    /// <summary>A server behind a coordinator's doors.</summary>
    /// <param name="options">Where it listens, and to whom.</param>
    /// <param name="add">Adds the parts.</param>
    /// <param name="map">Maps the services.</param>
    /// <param name="begin">Adds what starts before those.</param>
    public static WebApplication Build(
        CoordinatorOptions options, Action<IServiceCollection> add, Action<IEndpointRouteBuilder> map, Action<IHostApplicationBuilder, CoordinatorOptions>? begin = null)
    {
        // Empty: neither environment variables nor a settings file that happens to lie about may change where it listens.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);

        // It warns of all that goes with a coordinator that is gone, which is said once by those parts that it matters to.
        builder.Logging.AddFilter("Orleans", LogLevel.Error);

        // But for whom a silo refuses.
        builder.Logging.AddFilter("Orleans.Connections.Security", LogLevel.Warning);

        // A failed start is thrown with a message for people; the host's own report of it is a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        (options.ConfigureLogging ?? LogToStandardError)(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        begin?.Invoke(builder, options);
        add(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            KestrelLimits.Set(kestrel.Limits, options.Limits);
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), options.Port, listen => Listen(listen, options));
        });

        WebApplication application = builder.Build();
        application.Use(application.Services.GetRequiredService<OpenCalls>().ServeAsync);
        application.UseCoordinatorSecurity();
        map(application);
        return application;
    }

    private static void Listen(ListenOptions listen, CoordinatorOptions options)
    {
        listen.Protocols = HttpProtocols.Http2;
        IServiceProvider services = listen.ApplicationServices;
        if (services.GetRequiredService<CoordinatorSecurity>() is { Certificate: { } certificate } security)
            listen.UseCertificates(certificate, security.ClientAuthorities is not null, options.Limits);

        // Within TLS, whose handshake has a limit of its own.
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        listen.Use(next => new FirstBytesDeadline(next, options.Limits.FirstMessageTime, time).OnConnectionAsync);
    }

    private static void LogToStandardError(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        })
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    /// <summary>Why a port cannot be listened on, for people.</summary>
    public static string Explain(CoordinatorOptions options, Exception fault) => fault is AddressInUseException || fault.InnerException is AddressInUseException
        ? $"Port {options.Port} on {options.ListenAddress} is in use by another program. Choose another port with --port, or 0 for any that is free."
        : $"Port {options.Port} on {options.ListenAddress} cannot be listened on: {fault.Message}";
}
