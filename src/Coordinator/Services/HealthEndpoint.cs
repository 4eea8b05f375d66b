using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Protos.Health.V1;
using Microsoft.AspNetCore.Authorization;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>gRPC's health contract: all services serve from the start until the coordinator shuts down. Open to all: probes show no token.</summary>
[AllowAnonymous]
internal sealed class HealthEndpoint(ShutdownSignal shutdown, AdmissionGates gates) : Health.HealthBase
{
    private static readonly HashSet<string> Services =
    [
        "", "maml.v1.WorkerService", "maml.v1.RunService", "maml.v1.EvaluationService", "maml.v1.DataSetService",
    ];

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => Services.Contains(request.Service)
        ? Task.FromResult(Respond(Current))
        : throw new RpcException(new Status(StatusCode.NotFound, $"There is no service '{request.Service}' here."));

    /// <inheritdoc/>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using IDisposable admission = gates.HealthWatchers.Enter();
        bool isKnown = Services.Contains(request.Service);
        using var client = new ClientStream<HealthCheckResponse>(responseStream, context, shutdown);
        await client.WriteAsync(Respond(isKnown ? Current : HealthCheckResponse.Types.ServingStatus.ServiceUnknown));

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isKnown && !context.CancellationToken.IsCancellationRequested)
            await client.WriteAsync(Respond(Current));
    }

    private HealthCheckResponse.Types.ServingStatus Current => shutdown.Token.IsCancellationRequested
        ? HealthCheckResponse.Types.ServingStatus.NotServing
        : HealthCheckResponse.Types.ServingStatus.Serving;

    private static HealthCheckResponse Respond(HealthCheckResponse.Types.ServingStatus status) => new() { Status = status };
}
