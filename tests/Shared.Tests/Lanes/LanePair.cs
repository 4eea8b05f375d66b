using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;

namespace Maml.Cluster.Shared.Tests.Lanes;

/// <summary>Both ends of a lane, and the calls beside it.</summary>
internal sealed class LanePair : IDisposable
{
    public const int LargestMessage = 2 << 20;

    private static readonly LaneOptions Options = new("test", LargestMessage);

    private readonly HandoverWriter _folder;

    private LanePair(HandoverWriter folder, Lane<WorkerMessage, CoordinatorMessage> coordinator, Lane<CoordinatorMessage, WorkerMessage> worker) =>
        (_folder, Coordinator, Worker) = (folder, coordinator, worker);

    public Lane<WorkerMessage, CoordinatorMessage> Coordinator { get; }

    public Lane<CoordinatorMessage, WorkerMessage> Worker { get; }

    public static async Task<LanePair> ConnectAsync()
    {
        HandoverWriter folder = HandoverWriter.TryCreate().ShouldNotBeNull();
        using LaneDoor door = LaneDoor.TryOpen(folder.Path).ShouldNotBeNull();
        Lane<WorkerMessage, CoordinatorMessage> coordinator = LaneDoor.TryKnock<WorkerMessage, CoordinatorMessage>(folder.Path, Options).ShouldNotBeNull();
        return new LanePair(folder, coordinator, await door.AdmitAsync<CoordinatorMessage, WorkerMessage>(Options, CancellationToken.None));
    }

    public void Dispose()
    {
        Coordinator.Dispose();
        Worker.Dispose();
        _folder.Dispose();
    }
}
