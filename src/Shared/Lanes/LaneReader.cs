using System.Net.Sockets;
using Grpc.Core;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>
/// Reads messages from a lane on a thread of its own, which also runs what its reader does with them: nobody else has to wake up for a
/// message. After the lane's end come the call's messages, of which there is none but its end.
/// </summary>
/// <typeparam name="T">The messages.</typeparam>
internal sealed class LaneReader<T> : IAsyncStreamReader<T>, IDisposable
    where T : class
{
    private readonly Socket _socket;
    private readonly IAsyncStreamReader<T> _call;
    private readonly Marshaller<T> _marshaller;
    private readonly LaneOptions _options;
    private readonly SemaphoreSlim _asked = new(0);
    private volatile bool _isDisposed;
    private TaskCompletionSource<bool> _next = new();
    private Task<bool>? _callMoves;
    private CancellationTokenRegistration _cancellation;
    private T? _current;
    private bool _isLaneOver;
    private volatile bool _isAtEnd;

    public LaneReader(Socket socket, IAsyncStreamReader<T> call, Marshaller<T> marshaller, LaneOptions options)
    {
        (_socket, _call, _marshaller, _options) = (socket, call, marshaller, options);
    }

    /// <inheritdoc/>
    public T Current => _isLaneOver ? _call.Current : _current!;

    /// <inheritdoc/>
    /// <exception cref="RpcException">The call broke, or what came is no message.</exception>
    /// <exception cref="OperationCanceledException">The token of the first call was cancelled.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_callMoves is null) Begin(cancellationToken);
        if (_isLaneOver) return await _call.MoveNext(cancellationToken);
        if (_isAtEnd) throw new InvalidOperationException("The lane has ended with a fault; nothing more can be read.");

        // Whoever completes this runs the reader: it must not be handed to another thread.
        _next = new TaskCompletionSource<bool>();
        _asked.Release();
        if (await _next.Task) return true;
        _isLaneOver = true;

        // Whoever has the call next must not find it being read. What follows is long, and not for the lane's thread, which has to end.
        await ((Task)_callMoves!).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return await _callMoves;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _cancellation.Dispose();
        End();
        _asked.Release();
    }

    private void Begin(CancellationToken cancellationToken)
    {
        _callMoves = _call.MoveNext(cancellationToken);

        // A call that ends well has nothing to say about the lane, from which there may still be something to read.
        _ = _callMoves.ContinueWith(
            moves =>
            {
                _ = moves.Exception;
                End();
            },
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        _cancellation = cancellationToken.Register(End);
        new Thread(ReadAll) { Name = $"lane {_options.Name}", IsBackground = true }.Start();
    }

    // The thread that waits for bytes finds the end.
    private void End()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    private void ReadAll()
    {
        var frames = new LaneFrames(_socket, _options.LargestMessage);
        while (true)
        {
            Exception? fault = null;
            T? message = null;
            try
            {
                message = frames.TryRead(_marshaller);
            }
            catch (RpcException e)
            {
                fault = e;
            }
            catch (Exception e)
            {
                // Whatever a message brings about ends its session, as it does in a call, and not the process.
                fault = new RpcException(new Status(StatusCode.Internal, $"The lane could not be read: {e.Message}", e));
            }

            _asked.Wait();
            _isAtEnd = message is null;
            if (_isDisposed) fault ??= new OperationCanceledException("The lane was closed.");
            _current = message;
            if (fault is not null) _next.TrySetException(fault);
            else _next.TrySetResult(message is not null);
            if (_isAtEnd || _isDisposed) return;
        }
    }
}
