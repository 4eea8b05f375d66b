using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Reads leases: what the wire says, checked, as work to be done.</summary>
internal static class ChunkRequests
{
    /// <summary>More inner steps than any configuration or evaluation may ask for.</summary>
    private const uint MaximumInnerSteps = 1000;

    /// <summary>More examples a class than any data set has.</summary>
    private const uint MaximumExamples = 100_000;

    /// <summary>Turns a lease into work.</summary>
    /// <exception cref="ChunkException">The lease asks for what cannot be done.</exception>
    public static ChunkWork Read(HeldChunk chunk, ImageDataSet? dataSet) => Read(chunk.Lease, chunk.Run, chunk.Theta, dataSet);

    /// <summary>Turns the forecast of a lease into work, of which nothing but the drawing can be done.</summary>
    /// <exception cref="ChunkException">It foretells what cannot be done.</exception>
    public static ChunkWork Read(ChunkLease forecast, AttachedRun run, ImageDataSet? dataSet) => Read(forecast, run, theta: null, dataSet);

    private static ChunkWork Read(ChunkLease lease, AttachedRun run, ParameterVersion? theta, ImageDataSet? dataSet)
    {
        if (lease.Purpose is not (ChunkPurpose.MetaGradient or ChunkPurpose.Adaptation or ChunkPurpose.Prediction))
            throw new ChunkException($"The chunk's purpose is {lease.Purpose}; expected META_GRADIENT, ADAPTATION or PREDICTION.");
        uint minimumSteps = lease.Purpose == ChunkPurpose.MetaGradient ? 1u : 0u;
        Require("inner steps", lease.InnerSteps, minimumSteps, MaximumInnerSteps);
        if (lease.Purpose == ChunkPurpose.Prediction && lease.Tasks.Count != 1)
            throw new ChunkException($"The chunk is a prediction of {lease.Tasks.Count} tasks; expected one.");
        Require("support examples a class", lease.Shot, 1, MaximumExamples);
        Require("query examples a class", lease.Query, 1, MaximumExamples);
        if (lease.Tasks.Count == 0) throw new ChunkException("The chunk has no tasks; expected at least one.");
        return new ChunkWork(
            run.Configuration!,
            dataSet,
            theta,
            run.Vectors!,
            lease.Purpose,
            lease.WholeCurve,
            (int)lease.InnerSteps,
            lease,
            ReadTasks(lease),
            (int)lease.Shot,
            (int)lease.Query);
    }

    private static Shared.Tasks.TaskDescriptor[] ReadTasks(ChunkLease lease)
    {
        try
        {
            return [.. lease.Tasks.Select(TaskMessages.FromMessage)];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ChunkException(e.Message, e);
        }
    }

    private static void Require(string what, uint found, uint minimum, uint maximum)
    {
        if (found < minimum || found > maximum) throw new ChunkException($"The chunk asks for {found} {what}; expected {minimum} to {maximum}.");
    }
}
