using System.Runtime.InteropServices;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Handover;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Puts the frames of one vector together, in order, and verifies the whole. Not safe for use by several threads.</summary>
public sealed class VectorAssembler
{
    private readonly string _runId;
    private readonly ulong _vectorId;
    private readonly float[] _vector;
    private readonly GradientPrecision _precision;
    private readonly HandoverReader? _handover;
    private uint _checksum = VectorChecksum.Start;

    /// <summary>Expects one vector.</summary>
    /// <param name="runId">The run that it belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="destination">Receives the vector; its length is the length that the frames must announce.</param>
    /// <param name="precision">How the frames must be encoded.</param>
    /// <param name="handover">Where a frame may name a file; null where none may.</param>
    public VectorAssembler(
        string runId, ulong vectorId, float[] destination, GradientPrecision precision = GradientPrecision.Float32, HandoverReader? handover = null)
    {
        _handover = handover;
        _runId = runId;
        _vectorId = vectorId;
        _vector = destination;
        _precision = precision;
    }

    /// <summary>Elements that have arrived.</summary>
    public int Received { get; private set; }

    /// <summary>Whether all frames have arrived and the checksum held.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds the next frame.</summary>
    /// <returns>Whether the vector is complete now.</returns>
    /// <exception cref="FormatException">The frame is of another vector, out of order, too long, or the checksum does not hold.</exception>
    /// <exception cref="VectorGoneException">The frame names a file that is not there any more.</exception>
    public bool Add(VectorFrame frame)
    {
        if (IsComplete) throw new FormatException($"Vector {_vectorId} of run '{_runId}' is complete, but another frame came.");
        if (frame.RunId != _runId || frame.VectorId != _vectorId)
            throw new FormatException($"A frame of vector {frame.VectorId} of run '{frame.RunId}' came amid vector {_vectorId} of run '{_runId}'.");
        if (frame.TotalElements != (ulong)_vector.Length)
            throw new FormatException($"Vector {_vectorId} of run '{_runId}' announces {frame.TotalElements} elements; expected {_vector.Length}.");
        if (frame.OffsetElements != (ulong)Received)
            throw new FormatException($"A frame of vector {_vectorId} starts at element {frame.OffsetElements}; expected {Received}.");

        if (frame.Precision != VectorFraming.ToMessage(_precision))
            throw new FormatException($"A frame of vector {_vectorId} is encoded as {frame.Precision}; expected {VectorFraming.ToMessage(_precision)}.");
        if (Math.Abs((long)frame.ScaleExponent) > ReducedPrecision.LargestScaleExponent)
            throw new FormatException($"A frame of vector {_vectorId} has scale exponent {frame.ScaleExponent}; expected at most {ReducedPrecision.LargestScaleExponent} either way.");

        if (frame.File.Length > 0) return Fetch(frame);
        ReadOnlySpan<byte> data = frame.Data.Span;
        int bytes = VectorFraming.ElementBytes(_precision);
        long free = (long)(_vector.Length - Received) * bytes;
        if (data.Length % bytes != 0 || data.Length > free)
            throw new FormatException($"A frame of vector {_vectorId} holds {data.Length} bytes; expected a multiple of {bytes}, at most {free}.");

        // Frame by frame, while it is in the processor's cache.
        Take(data, frame.ScaleExponent, _vector.AsSpan(Received, data.Length / bytes));
        _checksum = VectorChecksum.Append(_checksum, data);
        Received += data.Length / bytes;
        if (Received < _vector.Length) return RequireProgress(data.Length);

        uint checksum = VectorChecksum.Finish(_checksum);
        if (checksum != frame.Checksum)
            throw new FormatException($"Vector {_vectorId} of run '{_runId}' has checksum {checksum:x8}; expected {frame.Checksum:x8}. It was altered on its way.");
        IsComplete = true;
        return true;
    }

    private bool Fetch(VectorFrame frame)
    {
        if (_handover is null || Received > 0 || _precision != GradientPrecision.Float32 || !frame.Data.IsEmpty)
            throw new FormatException($"A frame of vector {_vectorId} names the file '{frame.File}'; expected bytes.");
        if (!_handover.TryRead(frame.File, MemoryMarshal.AsBytes(_vector.AsSpan())))
            throw new VectorGoneException($"Vector {_vectorId} of run '{_runId}' should lie in the file '{frame.File}'; found another one there, or none.");
        Received = _vector.Length;
        return IsComplete = true;
    }

    private void Take(ReadOnlySpan<byte> data, int scaleExponent, Span<float> destination)
    {
        if (_precision == GradientPrecision.Float32) data.CopyTo(MemoryMarshal.AsBytes(destination));
        else ReducedPrecision.Decode(data, _precision, scaleExponent, destination);
    }

    private bool RequireProgress(int bytes) => bytes > 0
        ? false
        : throw new FormatException($"A frame of vector {_vectorId} is empty, but {_vector.Length - Received} elements are missing.");
}
