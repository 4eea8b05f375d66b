using Grpc.Core;
using static Maml.Cluster.Protos.Health.V1.HealthCheckResponse.Types;
using HealthContract = Maml.Cluster.Protos.Health.V1;

namespace Maml.Cluster.Worker.Health;

/// <summary>Answers <c>grpc.health.v1</c> for probes.</summary>
internal sealed class HealthService(WorkerHealth health) : HealthContract.Health.HealthBase
{
    /// <inheritdoc/>
    public override Task<HealthContract.HealthCheckResponse> Check(HealthContract.HealthCheckRequest request, ServerCallContext context) =>
        health.Check(request.Service) is var status and not ServingStatus.ServiceUnknown
            ? Task.FromResult(new HealthContract.HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(
                StatusCode.NotFound, $"There is no service '{request.Service}' here; ask for '' or '{WorkerHealth.AttachmentService}'."));

    /// <inheritdoc/>
    public override async Task Watch(
        HealthContract.HealthCheckRequest request, IServerStreamWriter<HealthContract.HealthCheckResponse> responseStream, ServerCallContext context)
    {
        CancellationToken cancellationToken = context.CancellationToken;
        if (request.Service != WorkerHealth.AttachmentService)
        {
            // These states never change, but the contract keeps the call open: one that ends reads as a failure.
            await responseStream.WriteAsync(new HealthContract.HealthCheckResponse { Status = health.Check(request.Service) }, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        (var changes, IDisposable subscription) = health.WatchAttachment();
        using (subscription)
        {
            await foreach (ServingStatus status in changes.ReadAllAsync(cancellationToken))
                await responseStream.WriteAsync(new HealthContract.HealthCheckResponse { Status = status }, cancellationToken);
        }
    }
}
