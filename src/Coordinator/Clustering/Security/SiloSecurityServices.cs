using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Security;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>The door of a silo.</summary>
internal static class SiloSecurityServices
{
    /// <summary>Has a silo talk to those only that show a certificate of the cluster.</summary>
    public static void UseCertificates(this ISiloBuilder silo, CoordinatorOptions options)
    {
        silo.Services.AddSingleton(provider => new SiloCertificates(
            options.Cluster.Silo, provider.GetRequiredService<ISecurityReports>(), provider.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<SiloRefusals>();
        silo.Services.AddSingleton<IConfigureOptions<SiloConnectionOptions>, SiloTls>();
    }
}
