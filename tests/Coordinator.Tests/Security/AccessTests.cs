using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Security;

public sealed class AccessTests
{
    // Who may call what. A method that is not here fails the test; so does a line without a method.
    private static readonly Dictionary<string, Role[]?> Expected = new()
    {
        ["maml.v1.WorkerService/Attach"] = [Role.Worker],
        ["maml.v1.RunService/StartRun"] = [Role.Operator],
        ["maml.v1.RunService/StopRun"] = [Role.Operator],
        ["maml.v1.RunService/PauseRun"] = [Role.Operator],
        ["maml.v1.RunService/ResumeRun"] = [Role.Operator],
        ["maml.v1.RunService/GetRun"] = [Role.Operator, Role.Viewer],
        ["maml.v1.RunService/ListRuns"] = [Role.Operator, Role.Viewer],
        ["maml.v1.RunService/WatchRun"] = [Role.Operator, Role.Viewer],
        ["maml.v1.EvaluationService/Evaluate"] = [Role.Operator],
        ["maml.v1.AdaptationService/Adapt"] = [Role.Operator],
        ["maml.v1.DataSetService/Download"] = [Role.Worker, Role.Operator],

        // Open to anybody: probes show no token.
        ["grpc.health.v1.Health/Check"] = null,
        ["grpc.health.v1.Health/Watch"] = null,
    };

    /// <summary>Every method of every contract, as the contracts' own descriptors name them.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        .. typeof(RunsReflection).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .SelectMany(property => ((FileDescriptor)property!.GetValue(null)!).Services)
            .SelectMany(service => service.Methods.Select(method => $"{service.FullName}/{method.Name}")),
    ];

    [Fact]
    public void Expected_EveryMethodOfEveryContract_HasItsLine() => Methods.ShouldBe(Expected.Keys, ignoreOrder: true);

    [Fact]
    public async Task AnyMethod_AnyCaller_FollowsTheTable()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tokens));
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        foreach (string method in Methods) await CheckAsync(client, method, Expected[method]);

        coordinator.Log.Faults.ShouldBeEmpty();
        coordinator.Log.Text.ShouldContain("was refused");
    }

    [Theory]
    [InlineData("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    [InlineData("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")]
    public async Task Reflection_AnyCaller_IsForOperatorsAndViewers(string method)
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => Secrets.With(secrets.Tokens)(options) with { Reflection = true });
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        await CheckAsync(client, method, [Role.Operator, Role.Viewer]);
    }

    [Fact]
    public async Task UnknownMethod_WithoutAndWithToken_IsRefusedAndThenUnimplemented()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tokens));
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        foreach (string method in new[] { "maml.v1.RunService/DeleteEverything", "maml.v1.NoService/Do", "x" })
            (await RefusalAsync(client, method, token: null)).ShouldBe(StatusCode.Unauthenticated, method);
        using HttpResponseMessage response = await SendAsync(client, "maml.v1.RunService/DeleteEverything", Secrets.TokenOf(Role.Viewer));
        RawCall.StatusOf(response.Headers).Code.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task Refusal_SaysWhatWasFoundAndWhatIsNeeded()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tokens), secrets.Client(Role.Viewer) with { AuthorityFile = null });
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = "x" }));
        fault.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        fault.Status.Detail.ShouldBe("'the-viewer' has the role viewer; /maml.v1.RunService/StopRun needs operator.");
        using var stranger = coordinator.Connect(new ClientCredentials());
        fault = await Should.ThrowAsync<RpcException>(async () => await new RunService.RunServiceClient(stranger).ListRunsAsync(new ListRunsRequest()));
        fault.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        fault.Status.Detail.ShouldContain("--token-file");
    }

    [Fact]
    public async Task Refusal_OfABodyThatNeverComes_DoesNotWaitForIt()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tokens));
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        using var endless = new EndlessContent();
        using HttpResponseMessage response = await client.SendAsync(
            RawCall.Request("maml.v1.RunService/StartRun", endless), HttpCompletionOption.ResponseHeadersRead);
        RawCall.StatusOf(response.Headers).Code.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Tokens_FileChanges_NewOnesCountAndOldOnesDoNot()
    {
        using var secrets = new Secrets();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(Secrets.With(secrets.Tokens));
        using HttpClient client = RawCall.CreateClient(coordinator.Address);
        const string fresh = "fresh-0123456789abcdef";
        (await RefusalAsync(client, "maml.v1.RunService/ListRuns", fresh)).ShouldBe(StatusCode.Unauthenticated);
        await File.WriteAllTextAsync(secrets.Tokens.TokensFile!, $"viewer fresh {fresh}\n");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await RefusalAsync(client, "maml.v1.RunService/ListRuns", fresh) is not null) await Task.Delay(50, limit.Token);
        (await RefusalAsync(client, "maml.v1.RunService/ListRuns", Secrets.TokenOf(Role.Viewer))).ShouldBe(StatusCode.Unauthenticated);
    }

    private static async Task CheckAsync(HttpClient client, string method, Role[]? allowed)
    {
        StatusCode? refusal = allowed is null ? null : StatusCode.Unauthenticated;
        (await RefusalAsync(client, method, token: null)).ShouldBe(refusal, $"{method} without a token");
        (await RefusalAsync(client, method, "wrong-0123456789abcdef")).ShouldBe(refusal, $"{method} with a wrong token");
        (await RefusalAsync(client, method, "")).ShouldBe(refusal, $"{method} with an empty token");
        foreach (Role role in Enum.GetValues<Role>())
        {
            StatusCode? expected = allowed is null || allowed.Contains(role) ? null : StatusCode.PermissionDenied;
            (await RefusalAsync(client, method, Secrets.TokenOf(role))).ShouldBe(expected, $"{method} as {role}");
        }
    }

    private static async Task<StatusCode?> RefusalAsync(HttpClient client, string method, string? token)
    {
        using HttpResponseMessage response = await SendAsync(client, method, token);
        return RawCall.StatusOf(response.Headers).Code is StatusCode.Unauthenticated or StatusCode.PermissionDenied
            ? RawCall.StatusOf(response.Headers).Code
            : null;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string? token) => client.SendAsync(
        RawCall.Request(method, new ByteArrayContent(RawCall.EmptyMessage), token), HttpCompletionOption.ResponseHeadersRead);
}
