using Grpc.Core;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>What a request names to compute with: a run or a checkpoint file.</summary>
internal static class RequestedTarget
{
    /// <summary>Finds it.</summary>
    /// <param name="targets">Where to look.</param>
    /// <param name="runId">The run; null where the request names none.</param>
    /// <param name="checkpoint">The checkpoint file; null where the request names none.</param>
    /// <param name="choice">Which θ of the run.</param>
    /// <param name="iteration">Iterations before the checkpoint, where the choice says so.</param>
    /// <exception cref="RpcException">The request names neither, or a choice beside a file.</exception>
    /// <exception cref="RunNotFoundException">It is not there.</exception>
    /// <exception cref="CheckpointException">It cannot be used.</exception>
    public static EvaluationTarget Find(EvaluationTargets targets, string? runId, string? checkpoint, ParametersChoice choice, ulong iteration)
    {
        if (runId is not null) return targets.OfRun(runId, choice, iteration);
        if (checkpoint is null) throw RpcFaults.Invalid("target: found nothing, expected run_id or checkpoint.");
        return choice == ParametersChoice.Unspecified
            ? targets.OfCheckpoint(checkpoint)
            : throw RpcFaults.Invalid("choice: found one beside a checkpoint file, expected none, since a file has only one θ.");
    }
}
