using Grpc.Core;
using Maml.Cluster.Coordinator.Adaptation;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Forwarding;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Faults as clients see them: a status and one message, never a stack.</summary>
internal static class RpcFaults
{
    /// <summary>Whether a fault has a message meant for clients. Others become UNKNOWN without one, and a line in the log.</summary>
    public static bool IsForClients(Exception fault) => CodeOf(fault) is not null;

    /// <summary>The status of a fault that <see cref="IsForClients"/>.</summary>
    public static RpcException ToRpcException(Exception fault) => new(new Status(CodeOf(fault) ?? StatusCode.Internal, fault.Message));

    /// <summary>A request that cannot be meant.</summary>
    public static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));

    private static StatusCode? CodeOf(Exception fault) => fault switch
    {
        ConfigurationException => StatusCode.InvalidArgument,
        RunNotFoundException => StatusCode.NotFound,
        RunLimitException => StatusCode.ResourceExhausted,
        ShuttingDownException or RunAdriftException or DatabaseException => StatusCode.Unavailable,
        AdaptationException or DataSetException or CheckpointException or RunRecordException or RunConflictException or IOException or UnauthorizedAccessException =>
            StatusCode.FailedPrecondition,
        RoundFailedException => StatusCode.Aborted,
        _ => null,
    };
}
