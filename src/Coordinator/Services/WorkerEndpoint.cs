using Grpc.Core;
using Maml.Cluster.Coordinator.Clustering.Placement;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Where workers dial in.</summary>
internal sealed class WorkerEndpoint(
    WorkerSession session, IWorkerDoor door, ShutdownSignal shutdown, AdmissionGates gates, CoordinatorLimits limits, TimeProvider time) : WorkerService.WorkerServiceBase
{
    private const uint ProtocolVersion = 1;

    /// <inheritdoc/>
    [Allow(Role.Worker)]
    public override async Task Attach(
        IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<CoordinatorMessage> responseStream, ServerCallContext context)
    {
        using IDisposable admission = gates.Workers.Enter();
        if (!await ReadHelloAsync(requestStream, context.CancellationToken)) return;
        if (requestStream.Current.Hello is not { } hello)
            throw RpcFaults.Invalid($"The first message is {requestStream.Current.MessageCase}; expected hello.");
        if (hello.ProtocolVersion != ProtocolVersion)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition,
                $"The worker speaks version {hello.ProtocolVersion} of the protocol; expected {ProtocolVersion}. Run the same version of maml on both sides."));
        }

        if (WorkerLimits.FaultOf(hello) is { } fault) throw RpcFaults.Invalid(fault);
        if (door.Answer(hello) is { } redirect) await responseStream.WriteAsync(new CoordinatorMessage { Redirect = redirect }, context.CancellationToken);
        else await session.RunAsync(hello, requestStream, responseStream, context.CancellationToken);
    }

    private async Task<bool> ReadHelloAsync(IAsyncStreamReader<WorkerMessage> requests, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limits.FirstMessageTime, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, shutdown.Token, cancellationToken);
        try
        {
            return await requests.MoveNext(ended.Token);
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw ShutdownSignal.Fault();
        }
        catch (Exception e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, $"Found no hello within {limits.FirstMessageTime.TotalSeconds:0.#} s, expected it at once."));
        }
    }
}
