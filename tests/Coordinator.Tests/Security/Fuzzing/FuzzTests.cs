using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.Health.V1;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Xunit.Abstractions;

namespace Maml.Cluster.Coordinator.Tests.Security.Fuzzing;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Messages = 100_000;
    private const int Connections = 4;
    private const int CallsPerConnection = 16;

    // All that a request which is not meant may end in. UNKNOWN would be a fault of ours; INTERNAL is gRPC's word for a broken frame,
    // and DEADLINE_EXCEEDED that for a worker which is let go because it misbehaves.
    private static readonly StatusCode[] Allowed =
    [
        StatusCode.OK, StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.FailedPrecondition, StatusCode.ResourceExhausted,
        StatusCode.Internal, StatusCode.Unimplemented, StatusCode.DeadlineExceeded,
    ];

    public static TheoryData<string> Services => new(
        WorkerReflection.Descriptor.Services[0].FullName,
        RunsReflection.Descriptor.Services[0].FullName,
        EvaluationsReflection.Descriptor.Services[0].FullName,
        AdaptationReflection.Descriptor.Services[0].FullName,
        DataSetsReflection.Descriptor.Services[0].FullName,
        HealthReflection.Descriptor.Services[0].FullName);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task AnyMessage_OfAHundredThousand_IsAnsweredAndHarmsNothing(string service)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("MAML_FUZZ_SEED"), out int given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}; MAML_FUZZ_SEED={seed} repeats it");
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(
            options => options with { Limits = options.Limits with { TasksPerRequest = 20 } });
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 2));

        long began = Stopwatch.GetTimestamp();
        var codes = new ConcurrentDictionary<StatusCode, int>();
        ServiceDescriptor descriptor = new[] { WorkerReflection.Descriptor, RunsReflection.Descriptor, EvaluationsReflection.Descriptor, AdaptationReflection.Descriptor, DataSetsReflection.Descriptor, HealthReflection.Descriptor }
            .SelectMany(file => file.Services).Single(candidate => candidate.FullName == service);
        int[] sent = await Task.WhenAll(Enumerable.Range(0, Connections).Select(
            connection => AttackAsync(coordinator, descriptor, seed + connection, Examples(run), codes)));
        output.WriteLine(
            $"{sent.Sum()} messages in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {string.Join(", ", codes.OrderBy(code => code.Key).Select(code => $"{code.Value} {code.Key}"))}");

        sent.Sum().ShouldBeGreaterThanOrEqualTo(Messages);
        foreach (string line in coordinator.Log.Faults.Take(5)) output.WriteLine(line);
        codes.Keys.Except(Allowed).ShouldBeEmpty($"seed {seed}");
        codes.Keys.ShouldContain(StatusCode.InvalidArgument, "bytes that are no message have to get that far");
        coordinator.Log.Faults.Take(3).ShouldBeEmpty($"seed {seed}");

        // Whatever the fuzzer may have started is not what is looked at next.
        foreach (Run started in (await coordinator.Runs.ListRunsAsync(new ListRunsRequest())).Runs)
            await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = started.RunId });
        // The first worker sends no heartbeats, and may have been let go meanwhile.
        await using CannedWorker fresh = await CannedWorker.AttachAsync(coordinator.Address, "fresh");
        Run after = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 2));
        after.State.ShouldBe(RunState.Completed, $"seed {seed}");
        after.MetaParametersSha256.ShouldBe(run.MetaParametersSha256, $"seed {seed}");
    }

    private static async Task<int> AttackAsync(
        TestCoordinator coordinator,
        ServiceDescriptor service,
        int seed,
        IReadOnlyDictionary<MessageDescriptor, IReadOnlyList<IMessage>> examples,
        ConcurrentDictionary<StatusCode, int> codes)
    {
        using HttpClient client = RawCall.CreateClient(coordinator.Address, new SocketsHttpHandler { UseProxy = false });
        var requests = new FuzzedRequests(seed, examples);
        int sent = 0;
        await Task.WhenAll(Enumerable.Range(0, CallsPerConnection).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref sent) < Messages / Connections)
            {
                MethodDescriptor method;
                byte[] body;
                lock (requests)
                {
                    method = requests.ChooseMethod(service);
                    (body, int messages) = requests.Create(method);
                    sent += messages;
                }

                StatusCode code = await CallAsync(client, $"{service.FullName}/{method.Name}", body, isEndless: method == HealthWatch);
                codes.AddOrUpdate(code, 1, (_, count) => count + 1);
            }
        })));
        return sent;
    }

    private static MethodDescriptor HealthWatch => HealthReflection.Descriptor.Services[0].FindMethodByName("Watch");

    private static async Task<StatusCode> CallAsync(HttpClient client, string path, byte[] body, bool isEndless)
    {
        using HttpResponseMessage response = await client.SendAsync(
            RawCall.Request(path, new ByteArrayContent(body)), HttpCompletionOption.ResponseHeadersRead);
        response.IsSuccessStatusCode.ShouldBeTrue(path);
        if (RawCall.StatusOf(response.Headers) is { Code: { } early } refused)
        {
            refused.Message.ShouldNotContain("   at ", customMessage: "no stacks");
            return early;
        }

        if (isEndless) return StatusCode.OK;
        await response.Content.CopyToAsync(Stream.Null);
        return RawCall.StatusOf(response.TrailingHeaders).Code ?? throw new InvalidOperationException($"{path} ended without a status.");
    }

    private static Dictionary<MessageDescriptor, IReadOnlyList<IMessage>> Examples(Run run)
    {
        // Good up to the data, which is not there: spoilt ones that are still good must not start thousands of runs.
        StartRunRequest start = new()
        {
            Configuration = RunConfigurationMessages.ToMessage(Configurations.Sinusoid() with
            {
                Model = new() { Kind = ModelKind.Conv4, Filters = 8 },
                Tasks = new() { Source = TaskSourceKind.Omniglot, Way = 5, Shot = 1, Query = 5 },
                Loss = Shared.Configuration.Loss.CrossEntropy,
            }),
        };
        return new()
        {
            [WorkerMessage.Descriptor] =
            [
                new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, Name = "fuzzer", Device = "cpu", ChunkSlots = 1 } },
                new WorkerMessage { Heartbeat = new Heartbeat { ResidentBytes = 1 } },
                new WorkerMessage { Result = new ChunkResult { LeaseId = 1, RunId = run.RunId, Curves = { new AdaptationCurve { Loss = { 1, 2 } } }, GradientElements = 13 } },
                new WorkerMessage { Gradient = new VectorFrame { RunId = run.RunId, VectorId = 1, TotalElements = 13, Data = ByteString.CopyFrom(new byte[52]) } },
                new WorkerMessage { Failure = new ChunkFailure { LeaseId = 1, Reason = "fuzz" } },
                new WorkerMessage { Draining = new WorkerDraining { Reason = "fuzz" } },
            ],
            [StartRunRequest.Descriptor] = [start],
            [GetRunRequest.Descriptor] = [new GetRunRequest { RunId = run.RunId }],
            [StopRunRequest.Descriptor] = [new StopRunRequest { RunId = run.RunId }],
            [WatchRunRequest.Descriptor] = [new WatchRunRequest { RunId = run.RunId }],
            [EvaluateRequest.Descriptor] =
            [
                new EvaluateRequest { RunId = run.RunId, Tasks = 3, InnerSteps = 1, Query = 2 },
                new EvaluateRequest { Checkpoint = $"{run.RunId}/checkpoints/latest.safetensors" },
                new EvaluateRequest { RunId = "no-such-run", Tasks = 1_000_000 },
            ],
            [AdaptRequest.Descriptor] =
            [
                new AdaptRequest
                {
                    RunId = run.RunId,
                    InnerSteps = 1,
                    Support = { new SupportExample { Example = new Example { Vector = new FeatureVector { Values = { 0.5f } } }, Number = 1 } },
                    Query = { new Example { Vector = new FeatureVector { Values = { 1f } } } },
                },
                new AdaptRequest { RunId = run.RunId, Query = { new Example { Picture = new GreyPicture { Height = 2, Width = 2, Pixels = ByteString.CopyFrom(1, 2, 3, 4) } } } },
            ],
            [DownloadDataSetRequest.Descriptor] = [new DownloadDataSetRequest { ContentHash = new string('a', 64) }],
            [HealthCheckRequest.Descriptor] = [new HealthCheckRequest { Service = "maml.v1.RunService" }],
        };
    }
}
