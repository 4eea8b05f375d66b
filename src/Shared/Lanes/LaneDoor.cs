using System.Net.Sockets;
using Google.Protobuf;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>
/// Where a lane begins: a worker listens in its folder in this machine's memory, which nobody but this user can enter, and the coordinator
/// knocks when the worker has said hello.
/// </summary>
public sealed class LaneDoor : IDisposable
{
    private const string FileName = "lane";

    // One for each direction.
    private const int Sockets = 2;

    private readonly Socket _listener;
    private readonly string _path;

    private LaneDoor(Socket listener, string path) => (_listener, _path) = (listener, path);

    /// <summary>Listens, on the worker's side.</summary>
    /// <param name="folder">The worker's folder.</param>
    /// <returns>Null where this system has no such sockets; messages go through the call then.</returns>
    public static LaneDoor? TryOpen(string folder)
    {
        string path = Path.Combine(folder, FileName);
        Socket? listener = null;
        try
        {
            listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(Sockets);
            return new LaneDoor(listener, path);
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            // The path of a folder may be longer than a socket's may be.
            listener?.Dispose();
            return null;
        }
    }

    /// <summary>Knocks, on the coordinator's side.</summary>
    /// <param name="folder">The worker's folder.</param>
    /// <param name="options">How the lane is read.</param>
    /// <returns>Null where nobody listens; messages go through the call then.</returns>
    public static Lane<TReceived, TSent>? TryKnock<TReceived, TSent>(string folder, LaneOptions options)
        where TReceived : class
        where TSent : class, IMessage
    {
        Socket? outgoing = TryConnect(folder);
        Socket? incoming = outgoing is null ? null : TryConnect(folder);
        if (incoming is not null) return new Lane<TReceived, TSent>(incoming, outgoing!, options);
        outgoing?.Dispose();
        return null;
    }

    /// <summary>Lets the coordinator in that has knocked, as its welcome says.</summary>
    /// <param name="options">How the lane is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">It has not, or is gone again.</exception>
    public async Task<Lane<TReceived, TSent>> AdmitAsync<TReceived, TSent>(LaneOptions options, CancellationToken cancellationToken)
        where TReceived : class
        where TSent : class, IMessage
    {
        // In the order of knocking: what the coordinator writes comes first.
        Socket incoming = await _listener.AcceptAsync(cancellationToken);
        try
        {
            return new Lane<TReceived, TSent>(incoming, await _listener.AcceptAsync(cancellationToken), options);
        }
        catch
        {
            incoming.Dispose();
            throw;
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (IOException)
        {
            // The folder is gone, and it with it.
        }
    }

    private static Socket? TryConnect(string folder)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder, FileName)));
            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            socket?.Dispose();
            return null;
        }
    }
}
