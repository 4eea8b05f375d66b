using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Maml.Cluster.Deploy.Tests.Kubectl;

/// <summary>
/// As much of an API server as <c>kubectl apply</c> needs: it tells which kinds there are, and keeps objects as they are sent. What they mean
/// is for the schemas to say.
/// </summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private static readonly (string GroupVersion, string Kind, string Plural)[] Kinds =
    [
        ("v1", "Namespace", "namespaces"), ("v1", "ConfigMap", "configmaps"), ("v1", "Secret", "secrets"), ("v1", "ServiceAccount", "serviceaccounts"),
        ("v1", "Service", "services"), ("apps/v1", "StatefulSet", "statefulsets"), ("apps/v1", "Deployment", "deployments"),
        ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"), ("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
        ("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
    ];

    private readonly WebApplication _application;

    private FakeApiServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>By their paths.</summary>
    public ConcurrentDictionary<string, JsonObject> Objects { get; } = new();

    /// <summary>What was created, in order.</summary>
    public ConcurrentQueue<string> Created { get; } = new();

    /// <summary>What was changed, with the patch.</summary>
    public ConcurrentQueue<(string Name, string Patch)> Patched { get; } = new();

    public static async Task<FakeApiServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        var server = new FakeApiServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!.TrimEnd('/');
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        (int status, JsonNode answer) = context.Request.Method switch
        {
            "POST" => Create(path, body),
            "PATCH" when Objects.TryGetValue(path, out JsonObject? found) => Patch(found, body),
            "GET" when Objects.TryGetValue(path, out JsonObject? found) => (200, found),
            "GET" when Discover(path) is { } known => (200, known),
            _ => (404, Status(404, "NotFound")),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonNode Answer) Create(string path, string body)
    {
        var created = (JsonObject)JsonNode.Parse(body)!;
        string? space = created.Text("metadata.namespace");
        if (space is not null && !Objects.ContainsKey($"/api/v1/namespaces/{space}")) return (404, Status(404, "NotFound"));
        ((JsonObject)created["metadata"]!)["resourceVersion"] = "1";

        // Written only: what is read back is encoded, under another name.
        if (created.Remove("stringData", out JsonNode? texts) && texts is JsonObject pairs)
            created["data"] = new JsonObject(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value!.ToString())))));
        Objects[$"{path}/{created.Text("metadata.name")}"] = created;
        Created.Enqueue(created.Name());
        return (201, created);
    }

    // The one kind of patch that applying unchanged manifests may still send is none at all, so its meaning need not be known.
    private (int Status, JsonNode Answer) Patch(JsonObject found, string body)
    {
        Patched.Enqueue((found.Name(), body));
        return (200, found);
    }

    private static JsonNode? Discover(string path) => path switch
    {
        "/api" => Parse(new { kind = "APIVersions", versions = new[] { "v1" } }),
        "/apis" => Parse(new
        {
            kind = "APIGroupList",
            apiVersion = "v1",
            groups = Kinds.Where(kind => kind.GroupVersion.Contains('/')).Select(kind => kind.GroupVersion).Distinct().Select(version => new
            {
                name = version.Split('/')[0],
                versions = new[] { new { groupVersion = version, version = version.Split('/')[1] } },
                preferredVersion = new { groupVersion = version, version = version.Split('/')[1] },
            }),
        }),
        "/version" => Parse(new { major = "1", minor = "32", gitVersion = "v1.32.0" }),
        _ when path.StartsWith("/api/", StringComparison.Ordinal) && path.Count(character => character == '/') == 2 => Resources(path["/api/".Length..]),
        _ when path.StartsWith("/apis/", StringComparison.Ordinal) && path.Count(character => character == '/') == 3 => Resources(path["/apis/".Length..]),
        _ => null,
    };

    private static JsonNode Resources(string groupVersion) => Parse(new
    {
        kind = "APIResourceList",
        apiVersion = "v1",
        groupVersion,
        resources = Kinds.Where(kind => kind.GroupVersion == groupVersion).Select(kind => new
        {
            name = kind.Plural,
            singularName = kind.Kind.ToLowerInvariant(),
            namespaced = kind.Kind != "Namespace",
            kind = kind.Kind,
            verbs = new[] { "create", "get", "list", "patch" },
        }),
    });

    private static JsonNode Status(int code, string reason) => Parse(new { kind = "Status", apiVersion = "v1", status = "Failure", reason, code, message = reason });

    private static JsonNode Parse(object value) => JsonSerializer.SerializeToNode(value)!;
}
