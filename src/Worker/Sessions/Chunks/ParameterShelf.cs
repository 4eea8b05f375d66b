using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>
/// The versions of a run's θ that a stream has brought. Only the newest few are kept, or a long run would fill the memory;
/// a chunk that has arrived holds on to its own. For use by the thread that reads the stream.
/// </summary>
internal sealed class ParameterShelf(string runId, VectorPool vectors, HandoverReader? handover)
{
    /// <summary>How many versions are kept: the iteration's, the one before, and as many for an evaluation beside it.</summary>
    public const int Capacity = 4;

    private readonly Queue<ParameterVersion> _complete = new();
    private VectorAssembler? _assembler;
    private float[] _arriving = [];

    /// <summary>Adds a frame of θ.</summary>
    /// <exception cref="FormatException">The frame does not fit what came before, or the checksum does not hold.</exception>
    public void Add(VectorFrame frame)
    {
        try
        {
            Assemble(frame);
        }
        catch (VectorGoneException)
        {
            // The coordinator has moved on: the lease that follows is void by now, and the next one brings another version.
            _assembler = null;
            vectors.Return(_arriving);
        }
    }

    /// <summary>A version that has arrived completely and is still kept; null otherwise.</summary>
    public ParameterVersion? Find(ulong version) => _complete.LastOrDefault(candidate => candidate.Version == version);

    private void Assemble(VectorFrame frame)
    {
        if (_assembler is null)
        {
            _arriving = vectors.Rent();
            _assembler = new VectorAssembler(runId, frame.VectorId, _arriving, handover: handover);
        }

        if (!_assembler.Add(frame)) return;
        _assembler = null;
        if (_complete.Count == Capacity && _complete.Dequeue() is { IsHeld: false } old) vectors.Return(old.Values);
        _complete.Enqueue(new ParameterVersion(runId, frame.VectorId, _arriving));
    }
}
