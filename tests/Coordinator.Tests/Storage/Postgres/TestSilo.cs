using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>A real silo on loopback that keeps everything in PostgreSQL.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    public const string StorageName = "test";
    private const string Invariant = "Npgsql";

    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    /// <summary>Puts one together without starting it.</summary>
    public static TestSilo Create(string connection, string cluster)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster;
                options.ServiceId = cluster;
            })
            .ConfigureEndpoints(IPAddress.Loopback, FreePort.Find(), gatewayPort: 0)
            .UseAdoNetClustering((AdoNetClusteringSiloOptions options) =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connection;
            })
            .UseAdoNetReminderService((AdoNetReminderTableOptions options) =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connection;
            })
            .AddAdoNetGrainStorage(StorageName, (AdoNetGrainStorageOptions options) =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connection;
            }));
        return new TestSilo(builder.Build());
    }

    public static async Task<TestSilo> StartAsync(string connection, string cluster)
    {
        TestSilo silo = Create(connection, cluster);
        await silo._host.StartAsync();
        return silo;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
