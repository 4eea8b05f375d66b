using Maml.Cluster.Shared.Security;
using Microsoft.AspNetCore.Authorization;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>Who may call a method. One without this attribute may be called by nobody.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AllowAttribute : AuthorizeAttribute
{
    /// <summary>Lets callers of some roles in.</summary>
    public AllowAttribute(params Role[] roles) => Roles = string.Join(',', roles.Select(Shared.Security.Roles.ToWord));
}
