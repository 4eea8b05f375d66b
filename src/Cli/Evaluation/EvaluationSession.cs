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
        Task<EvaluationResult> result = EvaluationCall.ReadAsync(cluster.Channel, request, progress, giveUp.Token);
        if (await Task.WhenAny(result, cluster.Failure) == result) return await result;
        await giveUp.CancelAsync();
        await cluster.Failure;
        return await result;
    }
}
