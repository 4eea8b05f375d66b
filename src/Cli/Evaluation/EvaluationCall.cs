using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Evaluation;

/// <summary>The call to a coordinator, wherever it is.</summary>
internal static class EvaluationCall
{
    /// <summary>Evaluates.</summary>
    /// <param name="channel">The way to the coordinator.</param>
    /// <param name="request">What, and how.</param>
    /// <param name="progress">Told about tasks done, and tasks in all.</param>
    /// <param name="cancellation">Gives up, here and there.</param>
    /// <exception cref="RpcException">The coordinator refuses the request.</exception>
    public static async Task<EvaluationResult> ReadAsync(
        ChannelBase channel, EvaluateRequest request, Action<uint, uint> progress, CancellationToken cancellation)
    {
        var service = new EvaluationService.EvaluationServiceClient(channel);
        using AsyncServerStreamingCall<EvaluateResponse> call = service.Evaluate(request, cancellationToken: cancellation);
        await foreach (EvaluateResponse response in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (response.Result is { } result) return result;
            progress(response.TasksDone, response.TasksTotal);
        }

        throw new InvalidOperationException("The coordinator ended the evaluation without a result.");
    }
}
