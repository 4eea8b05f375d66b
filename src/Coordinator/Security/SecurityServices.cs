using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Coordinator.Security.Connections;
using Maml.Cluster.Shared.Security;
using Microsoft.AspNetCore.Authorization;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>The doors of a coordinator.</summary>
internal static class SecurityServices
{
    /// <summary>Adds the parts.</summary>
    public static IServiceCollection AddCoordinatorSecurity(this IServiceCollection services, CoordinatorOptions options)
    {
        services.AddSingleton(options.Limits);
        services.AddSingleton<ISecurityReports, SecurityReports>();
        services.AddSingleton(provider => new CoordinatorSecurity(
            options.Security, provider.GetRequiredService<ISecurityReports>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AdmissionGates>();
        services.AddSingleton<RefusalLog>();
        services.AddHostedService<SecurityWatch>();

        // The core alone: the rest is about cookies, whose keys would be looked for and written at every start.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<CredentialsHandler>(CredentialsHandler.Scheme, displayName: null);
            authentication.DefaultScheme = CredentialsHandler.Scheme;
        });
        services.AddTransient<CredentialsHandler>();
        services.AddAuthorization(authorization => authorization.FallbackPolicy =
            new AuthorizationPolicyBuilder(CredentialsHandler.Scheme).AddRequirements(new ListedMethods()).Build());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        return services;
    }

    /// <summary>Puts the doors in front of whatever is mapped: nothing of a request's body is read before them.</summary>
    public static void UseCoordinatorSecurity(this WebApplication application)
    {
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        application.Use(RequestRate.LiftFromStreamsAsync);
        application.Use(FirstFrame.CheckAsync);
    }
}
