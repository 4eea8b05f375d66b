using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Security.Authentication;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Services.Reflection;

/// <summary>The same in the words of v1alpha, which is all that many clients speak.</summary>
internal sealed class EarlierReflectionEndpoint(ShutdownSignal shutdown, AdmissionGates gates) : ReflectionServiceImpl(ReflectedContracts.All)
{
    /// <inheritdoc/>
    [Allow(Role.Operator, Role.Viewer)]
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        using IDisposable admission = gates.Reflections.Enter();
        await ReflectionCall.ServeAsync(
            requestStream, responseStream, context, shutdown, (questions, answers) => base.ServerReflectionInfo(questions, answers, context));
    }
}
