using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Hands every stream to the test.</summary>
internal sealed class TestWorkerService(TestCoordinator coordinator) : WorkerService.WorkerServiceBase
{
    public override async Task Attach(
        IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<CoordinatorMessage> responseStream, ServerCallContext context)
    {
        if (coordinator.Refusals.TryDequeue(out RpcException? refusal)) throw refusal;
        (await requestStream.MoveNext(context.CancellationToken)).ShouldBeTrue();
        var attachment = new Attachment(requestStream.Current.Hello, requestStream, responseStream);
        await coordinator.Attachments.Writer.WriteAsync(attachment);
        await attachment.Closed.WaitAsync(context.CancellationToken);
    }
}
