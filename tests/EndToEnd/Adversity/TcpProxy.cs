using System.Net;
using System.Net.Sockets;

namespace Maml.Cluster.EndToEnd.Adversity;

/// <summary>
/// Stands between workers and coordinator on loopback and passes bytes on: late, slowly, and until it cuts a connection. All of its
/// mischief follows from a seed.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BytesAtOnce = 16 << 10;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly int _targetPort;
    private readonly Task _accepting;

    public TcpProxy(int targetPort, int seed)
    {
        _targetPort = targetPort;
        _random = new Random(seed);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Connections that were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts one connection that is open, if there is one.</summary>
    public void CutOne()
    {
        lock (_gate)
        {
            if (_clients.Count == 0) return;
            int index = _random.Next(_clients.Count);
            // A reset in the middle of whatever is on its way, not an orderly end.
            _clients[index].LingerState = new LingerOption(enable: true, seconds: 0);
            _clients[index].Dispose();
            _clients.RemoveAt(index);
            Cuts++;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate) _clients.ForEach(client => client.Dispose());
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_ended.Token);
            lock (_gate) _clients.Add(client);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var target = new TcpClient();
        try
        {
            await target.ConnectAsync(IPAddress.Loopback, _targetPort, _ended.Token);
            await Task.WhenAny(PassAsync(client, target), PassAsync(target, client));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or the coordinator is not there.
        }
        finally
        {
            lock (_gate) _clients.Remove(client);
            client.Dispose();
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[BytesAtOnce];
        while (true)
        {
            int count = await from.GetStream().ReadAsync(buffer, _ended.Token);
            if (count == 0) return;
            TimeSpan delay;
            lock (_gate) delay = LongestDelay * _random.NextDouble();
            await Task.Delay(delay, _ended.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ended.Token);
        }
    }
}
