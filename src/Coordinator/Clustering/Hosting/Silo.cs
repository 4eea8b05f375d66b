using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Orleans.Configuration;

namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>A coordinator's part of the Orleans cluster. Its members and reminders are in the database; it has no gateway, as every client is a coordinator.</summary>
internal static class Silo
{
    private const string Invariant = "Npgsql";
    private const int NoGateway = 0;

    // A coordinator that is gone is found out before the leases of its runs have ended: three probes a second apart.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 3;

    // Gossip tells of changes at once; this finds those that it missed.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(10);

    /// <summary>Adds the silo; it starts with the host.</summary>
    public static void AddSilo(this IHostApplicationBuilder builder, CoordinatorOptions options)
    {
        string connection = OrleansConnection.Of(options.Database.ReadConnectionString());
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.Name, options.Cluster.Name));
            silo.ConfigureEndpoints(AddressOf(options), options.Cluster.SiloPort, NoGateway);
            if (options.Cluster.Silo.IsEncrypted) silo.UseCertificates(options);
            silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Invariant, connection));
            silo.UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (Invariant, connection));
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = ProbeTimeout;
                membership.NumMissedProbesLimit = MissedProbes;
                membership.TableRefreshTimeout = RefreshInterval;
            });
            silo.Configure<ReminderOptions>(reminders =>
            {
                reminders.MinimumReminderPeriod = options.Cluster.WakeInterval;
                reminders.RefreshReminderListPeriod = RefreshInterval;
            });
        });
    }

    private static IPAddress AddressOf(CoordinatorOptions options)
    {
        if (options.Cluster.SiloAddress is { } given) return IPAddress.Parse(given);
        var listening = IPAddress.Parse(options.ListenAddress);
        return listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any) ? FirstOfMachine() : listening;
    }

    private static IPAddress FirstOfMachine() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)
        ?? IPAddress.Loopback;
}
