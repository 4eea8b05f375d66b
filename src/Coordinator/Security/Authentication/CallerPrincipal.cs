using System.Security.Claims;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>Callers as ASP.NET Core knows them.</summary>
internal static class CallerPrincipal
{
    /// <summary>Anybody, where the coordinator asks for no credentials.</summary>
    public static readonly ClaimsPrincipal Anybody = Create("anybody", Enum.GetValues<Role>());

    /// <summary>A caller.</summary>
    public static ClaimsPrincipal Of(Caller caller) => Create(caller.Name, caller.Role);

    /// <summary>A caller whose certificate is good but names no role.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fault">Why it has no role.</param>
    public static ClaimsPrincipal WithoutRole(string name, string fault)
    {
        ClaimsPrincipal principal = Create(name);
        ((ClaimsIdentity)principal.Identity!).Label = fault;
        return principal;
    }

    private static ClaimsPrincipal Create(string name, params Role[] roles) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, Roles.ToWord(role)))], CredentialsHandler.Scheme));
}
