using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Puts the frames of one vector together, in order, and verifies the whole. Not safe for use by several threads.</summary>
public sealed class VectorAssembler
{
    private readonly string _runId;
    private readonly ulong _vectorId;
    private readonly float[] _vector;
    private int _received;

    /// <summary>Expects one vector.</summary>
    /// <param name="runId">The run that it belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="destination">Receives the vector; its length is the length that the frames must announce.</param>
    public VectorAssembler(string runId, ulong vectorId, float[] destination)
    {
        _runId = runId;
        _vectorId = vectorId;
        _vector = destination;
    }

    /// <summary>Whether all frames have arrived and the checksum held.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds the next frame.</summary>
    /// <returns>Whether the vector is complete now.</returns>
    /// <exception cref="FormatException">The frame is of another vector, out of order, too long, or the checksum does not hold.</exception>
    public bool Add(VectorFrame frame)
    {
        if (IsComplete) throw new FormatException($"Vector {_vectorId} of run '{_runId}' is complete, but another frame came.");
        if (frame.RunId != _runId || frame.VectorId != _vectorId)
            throw new FormatException($"A frame of vector {frame.VectorId} of run '{frame.RunId}' came amid vector {_vectorId} of run '{_runId}'.");
        if (frame.TotalElements != (ulong)_vector.Length)
            throw new FormatException($"Vector {_vectorId} of run '{_runId}' announces {frame.TotalElements} elements; expected {_vector.Length}.");
        if (frame.OffsetElements != (ulong)_received)
            throw new FormatException($"A frame of vector {_vectorId} starts at element {frame.OffsetElements}; expected {_received}.");

        ReadOnlySpan<byte> data = frame.Data.Span;
        Span<byte> free = MemoryMarshal.AsBytes(_vector.AsSpan(_received));
        if (data.Length % sizeof(float) != 0 || data.Length > free.Length)
            throw new FormatException($"A frame of vector {_vectorId} holds {data.Length} bytes; expected a multiple of 4, at most {free.Length}.");

        data.CopyTo(free);
        _received += data.Length / sizeof(float);
        if (_received < _vector.Length) return RequireProgress(data.Length);

        uint checksum = VectorFraming.Checksum(_vector);
        if (checksum != frame.Checksum)
            throw new FormatException($"Vector {_vectorId} of run '{_runId}' has checksum {checksum:x8}; expected {frame.Checksum:x8}. It was altered on its way.");
        IsComplete = true;
        return true;
    }

    private bool RequireProgress(int bytes) => bytes > 0
        ? false
        : throw new FormatException($"A frame of vector {_vectorId} is empty, but {_vector.Length - _received} elements are missing.");
}
