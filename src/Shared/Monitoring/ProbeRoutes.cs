using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>The paths of the probes: 200 or 503, and the reason as text.</summary>
public static class ProbeRoutes
{
    /// <summary>Whether the start is over.</summary>
    public const string Startup = "/health/startup";

    /// <summary>Whether the host works.</summary>
    public const string Liveness = "/health/live";

    /// <summary>Whether the host can do its work now.</summary>
    public const string Readiness = "/health/ready";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the three.</summary>
    internal static void Map(IEndpointRouteBuilder routes, IProbes probes)
    {
        routes.MapMethods(Startup, Methods, (RequestDelegate)(context => AnswerAsync(context, probes.Startup())));
        routes.MapMethods(Liveness, Methods, (RequestDelegate)(context => AnswerAsync(context, probes.Liveness())));
        routes.MapMethods(Readiness, Methods, (RequestDelegate)(context => AnswerAsync(context, probes.Readiness())));
    }

    private static Task AnswerAsync(HttpContext context, ProbeAnswer answer)
    {
        context.Response.StatusCode = answer.IsGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(answer.Reason + "\n", context.RequestAborted);
    }
}
