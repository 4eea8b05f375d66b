using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>
/// What holds for a method that says nothing of who may call it: nobody may. Only where there is no method, a caller who has proved
/// who it is hears just that.
/// </summary>
internal sealed class ListedMethods : AuthorizationHandler<ListedMethods>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ListedMethods requirement)
    {
        bool isMethod = (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
        if (!isMethod && context.User.Identity?.IsAuthenticated == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
