using System.Runtime.InteropServices;
using Maml.Cluster.Shared.Handover;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>
/// Meta-gradients in files for the coordinator. A file is used again when so many have followed that the coordinator, which grants a lease
/// only when it has read an answer, must have read it.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="slots">Leases that the worker may hold at once.</param>
internal sealed class HandedGradients(HandoverWriter writer, int slots)
{
    private readonly int _mostUnread = slots + 1;
    private readonly Queue<HandoverFile> _files = new();

    /// <summary>Writes a meta-gradient.</summary>
    /// <returns>The file's name; null where a message carries it better.</returns>
    public string? TryWrite(float[] gradient)
    {
        if (writer.TryWrite(MemoryMarshal.AsBytes(gradient.AsSpan())) is not { } file) return null;
        _files.Enqueue(file);
        if (_files.Count > _mostUnread) _files.Dequeue().Dispose();
        return file.Name;
    }
}
