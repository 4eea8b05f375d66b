using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Parameters;

/// <summary>
/// θ at one moment, as the frames that all workers share. Never changes while anybody holds it; when the last one lets go, its vector is used
/// again. Who forgets to let go does no harm: the vector is garbage then and its file is not used again. Safe for use by several threads.
/// </summary>
internal sealed class ParametersVersion
{
    private readonly float[] _vector;
    private readonly VectorPool? _pool;
    private readonly HandoverFile? _file;
    private readonly Lazy<IReadOnlyList<CoordinatorMessage>> _frames;
    private int _holders = 1;

    private ParametersVersion(string runId, ulong version, float[] vector, VectorPool? pool, HandoverWriter? handover)
    {
        Version = version;
        _vector = vector;
        _pool = pool;
        _frames = new Lazy<IReadOnlyList<CoordinatorMessage>>(
            () => [.. VectorFraming.Cut(runId, version, vector).Select(frame => new CoordinatorMessage { Parameters = frame })]);
        _file = handover?.TryWrite(MemoryMarshal.AsBytes(vector.AsSpan()));
        NamedFrames = _file is null ? null : [new CoordinatorMessage { Parameters = VectorFraming.Name(runId, version, vector.Length, _file.Name) }];

        // Not by the first worker's writer, whom others may wait for.
        if (_file is null) _ = Frames;
    }

    /// <summary>Its number within the run; grows.</summary>
    public ulong Version { get; }

    /// <summary>The messages that carry it, in order; for those who hold it. Where θ lies in a file, made when the first worker wants them.</summary>
    public IReadOnlyList<CoordinatorMessage> Frames => _frames.Value;

    /// <summary>The one for workers that can read files of this machine's memory; null where it lies in none.</summary>
    public IReadOnlyList<CoordinatorMessage>? NamedFrames { get; }

    /// <summary>θ; for those who hold it.</summary>
    public ReadOnlyMemory<float> Memory => _vector;

    /// <summary>θ; for those who hold it.</summary>
    public ReadOnlySpan<float> Values => _vector;

    /// <summary>Takes a copy of θ. The caller holds the version.</summary>
    public static ParametersVersion Create(string runId, ulong version, ReadOnlySpan<float> parameters) =>
        new(runId, version, parameters.ToArray(), pool: null, handover: null);

    /// <summary>Takes θ over. The caller holds the version.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="version">Its number.</param>
    /// <param name="parameters">θ; given away here.</param>
    /// <param name="pool">Gets the vector when nobody holds it any more.</param>
    /// <param name="handover">Where workers of this machine may read it; null for nowhere.</param>
    public static ParametersVersion Own(string runId, ulong version, float[] parameters, VectorPool pool, HandoverWriter? handover = null) =>
        new(runId, version, parameters, pool, handover);

    /// <summary>Holds it, for somebody who need not know whether another one still does.</summary>
    /// <returns>False when nobody did: its vector has other uses by now.</returns>
    public bool TryHold()
    {
        for (int holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders) return true;
        return false;
    }

    /// <summary>Lets go; once for each hold.</summary>
    public void Release()
    {
        int left = Interlocked.Decrement(ref _holders);
        if (left == 0)
        {
            _file?.Dispose();
            _pool?.Return(_vector);
        }

        if (left < 0) throw new InvalidOperationException($"Version {Version} of θ was let go more often than it was held.");
    }
}
