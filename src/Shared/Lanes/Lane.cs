using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>
/// The messages of a worker's call by a shorter way, where coordinator and worker are processes of one machine: two Unix sockets, one for each
/// direction, from whose reader a thread wakes that does nothing else. Through HTTP/2 a message is handed from thread to thread four times,
/// and each has to wake up while the cores compute. The call stays open beside it: its end is the end of both, and says why.
/// </summary>
/// <typeparam name="TReceived">What this side reads.</typeparam>
/// <typeparam name="TSent">What this side writes.</typeparam>
public sealed class Lane<TReceived, TSent> : IDisposable
    where TReceived : class
    where TSent : class, IMessage
{
    private readonly Socket _incoming;
    private readonly Socket _outgoing;
    private readonly LaneOptions _options;
    private LaneReader<TReceived>? _reader;

    internal Lane(Socket incoming, Socket outgoing, LaneOptions options)
    {
        (_incoming, _outgoing, _options) = (incoming, outgoing, options);
        Writer = new LaneWriter<TSent>(outgoing);
    }

    /// <summary>Writes to the other side. For one writer at a time.</summary>
    public LaneWriter<TSent> Writer { get; }

    /// <summary>Reads what the other side writes, and then what is left of the call. To be asked for once, after the greeting.</summary>
    /// <param name="call">The call's own messages: none before its end.</param>
    /// <param name="marshaller">Reads a message from its bytes.</param>
    public IAsyncStreamReader<TReceived> Read(IAsyncStreamReader<TReceived> call, Marshaller<TReceived> marshaller) =>
        _reader = new LaneReader<TReceived>(_incoming, call, marshaller, _options);

    /// <summary>Ends both directions, whoever waits in them.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _incoming.Dispose();
        _outgoing.Dispose();
    }
}
