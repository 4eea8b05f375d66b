using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Parameters;

/// <summary>θ at one moment, as the frames that all workers share. Never changes.</summary>
internal sealed class ParametersVersion
{
    private ParametersVersion(ulong version, IReadOnlyList<VectorFrame> frames)
    {
        Version = version;
        Frames = [.. frames.Select(frame => new CoordinatorMessage { Parameters = frame })];
    }

    /// <summary>Its number within the run; grows.</summary>
    public ulong Version { get; }

    /// <summary>The messages that carry it, in order.</summary>
    public IReadOnlyList<CoordinatorMessage> Frames { get; }

    /// <summary>Takes a copy of θ.</summary>
    public static ParametersVersion Create(string runId, ulong version, ReadOnlySpan<float> parameters) =>
        new(version, VectorFraming.Cut(runId, version, parameters));

    /// <summary>θ, as a new vector.</summary>
    public float[] ToVector()
    {
        float[] vector = new float[Frames[0].Parameters.TotalElements];
        foreach (CoordinatorMessage message in Frames)
        {
            VectorFrame frame = message.Parameters;
            frame.Data.Span.CopyTo(MemoryMarshal.AsBytes(vector.AsSpan((int)frame.OffsetElements)));
        }

        return vector;
    }
}
