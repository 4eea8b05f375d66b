using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Maml.Cluster.Coordinator.Tests.Security.Hostile;

/// <summary>A crowd of connections that say nothing, half of something, or nonsense. One that is closed is opened again.</summary>
internal sealed class HostileConnections : IAsyncDisposable
{
    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    // Faster than any honest client dials again, and slow enough that the attacker's own half of the work, which is done by the same
    // two cores, is not what is measured.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task[] _attackers;
    private int _open;
    private int _dialled;

    public HostileConnections(Uri target, int count, int seed)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target.Port);
        _attackers = [.. Enumerable.Range(0, count).Select(index => AttackAsync(index, new Random(seed + index)))];
    }

    /// <summary>Connections that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Connections that were opened so far.</summary>
    public int Dialled => Volatile.Read(ref _dialled);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_attackers);
        _ended.Dispose();
    }

    private async Task AttackAsync(int index, Random random)
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(_target, _ended.Token);
                Interlocked.Increment(ref _dialled);
                Interlocked.Increment(ref _open);
                try
                {
                    byte[] words = Words(index, random);
                    if (words.Length > 0) await socket.SendAsync(words, _ended.Token);
                    byte[] answer = new byte[1024];
                    while (await socket.ReceiveAsync(answer, _ended.Token) > 0)
                    {
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Thrown out, or done.
            }

            await Task.Delay(Pause, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static byte[] Words(int index, Random random)
    {
        byte[] garbage = new byte[random.Next(1, 400)];
        random.NextBytes(garbage);
        return (index % 6) switch
        {
            0 => [],
            1 => garbage,
            2 => Preface[..random.Next(1, Preface.Length)],

            // The preface, then: half a frame's head, a frame that promises more than it holds, headers that never end, and garbage.
            3 => [.. Preface, 0, 0],
            4 => [.. Preface, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 200, 1, 0, 0, 0, 0, 1, .. garbage.Take(20)],
            _ => [.. Preface, 0, 0, 0, 4, 0, 0, 0, 0, 0, .. garbage],
        };
    }
}
