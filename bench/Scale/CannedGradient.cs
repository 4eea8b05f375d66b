using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Scale;

/// <summary>A meta-gradient that was computed long ago; all stubs share its bytes.</summary>
internal sealed class CannedGradient
{
    private readonly IReadOnlyList<VectorFrame> _frames;

    /// <summary>Makes one.</summary>
    /// <param name="parameters">Its length.</param>
    public CannedGradient(int parameters)
    {
        Elements = parameters;
        float[] values = new float[parameters];
        for (int i = 0; i < values.Length; i++) values[i] = ((i % 7) - 3) * 1e-3f;
        _frames = VectorFraming.Cut("", 0, values);
    }

    /// <summary>Its length.</summary>
    public int Elements { get; }

    /// <summary>Messages of one's own around the shared bytes: each lease needs its number in them.</summary>
    public IReadOnlyList<WorkerMessage> CreateMessages() => [.. _frames.Select(frame => new WorkerMessage { Gradient = frame.Clone() })];
}
