using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Maml.Cluster.Coordinator.Tests.Support;
using Earlier = Grpc.Reflection.V1Alpha;

namespace Maml.Cluster.Coordinator.Tests.Services;

/// <summary>The contract over the wire, where the coordinator was told to offer it.</summary>
public sealed class ReflectionServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ServerReflectionInfo_NotAskedFor_IsUnimplemented()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        RpcException fault = await Should.ThrowAsync<RpcException>(() => AskAsync(coordinator, new ServerReflectionRequest { ListServices = "" }));
        fault.StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task ServerReflectionInfo_ListServices_AreThoseOfTheContract()
    {
        await using TestCoordinator coordinator = await StartAsync();
        ServerReflectionResponse answer = await AskAsync(coordinator, new ServerReflectionRequest { ListServices = "" });
        answer.ListServicesResponse.Service.Select(service => service.Name).ShouldBe(ReflectedServices, ignoreOrder: true);
    }

    [Fact]
    public async Task ServerReflectionInfo_OfEachService_GivesItsFileWithAllThatItNeeds()
    {
        await using TestCoordinator coordinator = await StartAsync();
        foreach (string service in ReflectedServices)
        {
            ServerReflectionResponse answer = await AskAsync(coordinator, new ServerReflectionRequest { FileContainingSymbol = service });

            // Each file after those that it imports: the order in which a client can build them.
            ByteString[] files = [.. answer.FileDescriptorResponse.FileDescriptorProto.Reverse()];
            IReadOnlyList<FileDescriptor> built = FileDescriptor.BuildFromByteStrings(files);
            built.SelectMany(file => file.Services).Select(found => found.FullName).ShouldContain(service);
        }
    }

    [Fact]
    public async Task ServerReflectionInfo_InTheWordsOfV1Alpha_SaysTheSame()
    {
        await using TestCoordinator coordinator = await StartAsync();
        using var call = new Earlier.ServerReflection.ServerReflectionClient(coordinator.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new Earlier.ServerReflectionRequest { ListServices = "" });
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ShouldBe(ReflectedServices, ignoreOrder: true);
    }

    [Fact]
    public async Task ServerReflectionInfo_MoreThanTheLimit_IsResourceExhausted()
    {
        await using TestCoordinator coordinator = await StartAsync(limit: 1);
        using var first = await OpenAsync(coordinator);
        RpcException fault = await Should.ThrowAsync<RpcException>(() => AskAsync(coordinator, new ServerReflectionRequest { ListServices = "" }));
        fault.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        fault.Status.Detail.ShouldContain("Found 1 clients that ask for the contract");
    }

    [Fact]
    public async Task ServerReflectionInfo_OpenWhenTheCoordinatorEnds_EndsWithIt()
    {
        await using TestCoordinator coordinator = await StartAsync();
        using var call = await OpenAsync(coordinator);
        Task<bool> next = call.ResponseStream.MoveNext(default);
        await coordinator.StopHostAsync().AsTask().WaitAsync(Patience);
        (await Should.ThrowAsync<RpcException>(next.WaitAsync(Patience))).StatusCode.ShouldBe(StatusCode.Unavailable);
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task ServerReflectionInfo_ClientDoesNotReadWhenTheCoordinatorEnds_IsGivenUp()
    {
        await using TestCoordinator coordinator = await StartAsync();
        using var call = await OpenAsync(coordinator);

        // Some 10 MB of answers, of which HTTP/2 lets a small part through.
        for (int i = 0; i < 500; i++) await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = ReflectedServices[0] });
        await coordinator.StopHostAsync().AsTask().WaitAsync(Patience);
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().CountAsync().AsTask().WaitAsync(Patience));
        fault.StatusCode.ShouldNotBe(StatusCode.Unavailable, "the host had to break the connection, since the answer was not given up before");
        coordinator.Log.Faults.ShouldBeEmpty();
    }

    private static string[] ReflectedServices { get; } =
    [
        "maml.v1.WorkerService", "maml.v1.RunService", "maml.v1.EvaluationService", "maml.v1.AdaptationService", "maml.v1.DataSetService",
        "grpc.health.v1.Health",
    ];

    private static Task<TestCoordinator> StartAsync(int limit = 16) =>
        TestCoordinator.StartAsync(options => options with { Reflection = true, Limits = options.Limits with { Reflections = limit } });

    // One that has been answered once, and stays open.
    private static async Task<AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse>> OpenAsync(TestCoordinator coordinator)
    {
        var call = new ServerReflection.ServerReflectionClient(coordinator.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        return call;
    }

    private static async Task<ServerReflectionResponse> AskAsync(TestCoordinator coordinator, ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(coordinator.Channel).ServerReflectionInfo(deadline: DateTime.UtcNow + Patience);
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }
}
