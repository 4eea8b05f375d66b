using Grpc.Core;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Evaluation;

/// <summary>One <c>maml evaluate</c>: starts a coordinator and workers and asks for an evaluation.</summary>
internal sealed class EvaluationSession(LocalClusterOptions options, TimeProvider time)
{
    /// <summary>Evaluates.</summary>
    /// <param name="request">What, and how.</param>
    /// <param name="progress">Told about tasks done, and tasks in all.</param>
    /// <param name="interrupt">Gives up.</param>
    /// <exception cref="RpcException">The coordinator refuses the request.</exception>
    public async Task<EvaluationResult> RunAsync(EvaluateRequest request, Action<uint, uint> progress, CancellationToken interrupt)
    {
        await using MachineCluster cluster = await MachineCluster.StartAsync(options, time, interrupt);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        Task<EvaluationResult> result = ReadAsync(cluster, request, progress, giveUp.Token);
        if (await Task.WhenAny(result, cluster.Failure) == result) return await result;
        await giveUp.CancelAsync();
        await cluster.Failure;
        return await result;
    }

    private static async Task<EvaluationResult> ReadAsync(
        MachineCluster cluster, EvaluateRequest request, Action<uint, uint> progress, CancellationToken cancellation)
    {
        var service = new EvaluationService.EvaluationServiceClient(cluster.Channel);
        using AsyncServerStreamingCall<EvaluateResponse> call = service.Evaluate(request, cancellationToken: cancellation);
        await foreach (EvaluateResponse response in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (response.Result is { } result) return result;
            progress(response.TasksDone, response.TasksTotal);
        }

        throw new InvalidOperationException("The coordinator ended the evaluation without a result.");
    }
}
