using System.Security.Claims;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>Answers those who are refused, in gRPC's way and before their request is read.</summary>
internal sealed class RefusalHandler(RefusalLog log) : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        Status refusal = authorizeResult.Challenged
            ? new Status(StatusCode.Unauthenticated, await ReasonOfAsync(context))
            : new Status(StatusCode.PermissionDenied, ReasonOf(context, policy));
        log.Write(context, refusal.Detail);
        StatusResponse.Write(context.Response, refusal);
    }

    private static async Task<string> ReasonOfAsync(HttpContext context) =>
        (await context.AuthenticateAsync()).Failure?.Message ?? "Found no credentials.";

    private static string ReasonOf(HttpContext context, AuthorizationPolicy policy)
    {
        var identity = (ClaimsIdentity)context.User.Identity!;
        if (identity.Label is { } fault) return fault;
        string[] needed = [.. policy.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles)];
        string roles = string.Join(", ", identity.FindAll(ClaimTypes.Role).Select(claim => claim.Value));
        return needed.Length == 0
            ? $"{context.Request.Path} may be called by nobody."
            : $"'{identity.Name}' has the role {roles}; {context.Request.Path} needs {string.Join(" or ", needed)}.";
    }
}
