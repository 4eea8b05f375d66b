using System.Collections.Concurrent;
using TorchSharp;

namespace Maml.Cluster.Worker.Devices;

/// <summary>
/// The one thread that touches a device. libtorch's thread count, its dispose scopes and its graph mode belong to a thread,
/// so work that hopped between threads of a pool would see other settings each time.
/// </summary>
internal sealed class DeviceThread : IAsyncDisposable
{
    // Debian's libopenblas0-serial, the fastest BLAS for one thread, gives wrong products when two threads of a process are in it at
    // once. A worker process has one device, so nobody waits here; only hosts of several, such as tests, do.
    private static readonly Lock CpuGate = new();

    // The thread itself sleeps here: awaiting a channel, it would be woken by a thread of the pool that has to wake up first.
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TimeProvider _time;
    private long _workStart;

    private DeviceThread(DeviceDescription description, TimeProvider time)
    {
        Description = description;
        _time = time;
    }

    /// <summary>The device.</summary>
    public DeviceDescription Description { get; }

    /// <summary>How long the thread has been at the work in hand; zero when it waits for some.</summary>
    public TimeSpan BusyTime => Volatile.Read(ref _workStart) is var start and not 0 ? _time.GetElapsedTime(start) : TimeSpan.Zero;

    /// <summary>Starts the thread and checks that the device can compute.</summary>
    /// <param name="device">PyTorch's name for it.</param>
    /// <param name="threads">Threads that libtorch may use for one operation on the CPU.</param>
    /// <param name="time">The clock for <see cref="BusyTime"/>; the system's when null.</param>
    /// <exception cref="DeviceException">There is no such device, it does not work, or libtorch cannot be loaded.</exception>
    public static async Task<DeviceThread> StartAsync(string device, int threads, TimeProvider? time = null)
    {
        var thread = new DeviceThread(DeviceCatalog.Find(device), time ?? TimeProvider.System);
        new Thread(thread.Loop) { Name = $"device {thread.Description.Name}", IsBackground = true }.Start();
        try
        {
            await thread.RunAsync(on => Prepare(on, threads), CancellationToken.None);
            return thread;
        }
        catch (Exception e)
        {
            await thread.DisposeAsync();
            throw new DeviceException($"Device '{thread.Description.Name}' does not work: {e.Message}", e);
        }
    }

    /// <summary>
    /// Runs work on the thread, in a dispose scope of its own: tensors that shall outlive the call must be detached from the scope,
    /// and disposed by a later call. Exceptions of the work come out of the task.
    /// </summary>
    /// <param name="work">What to do; receives the device.</param>
    /// <param name="cancellationToken">Takes work back that has not begun; work that has begun is finished.</param>
    /// <exception cref="ObjectDisposedException">The thread has been ended.</exception>
    public Task<T> RunAsync<T>(Func<torch.Device, T> work, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Complete(result, work, cancellationToken), CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(DeviceThread));
        }

        return result.Task;
    }

    /// <summary>Finishes the work that was handed in, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended.Task.IsCompleted) _work.CompleteAdding();
        await _ended.Task;
        _work.Dispose();
    }

    private static int Prepare(torch.Device device, int threads)
    {
        torch.set_num_threads(threads);
        torch.InitializeDeviceType(device.type);

        // PyTorch lets convolutions round to 10 bits on a GPU unless told otherwise, and with that no gradient agrees to 1e-4.
        torch.backends.cudnn.allow_tf32 = false;
        torch.backends.cuda.matmul.allow_tf32 = false;
        return checked((int)torch.ones(1, device: device).sum().cpu().item<float>());
    }

    private void Complete<T>(TaskCompletionSource<T> result, Func<torch.Device, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            result.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            result.SetResult(RunInScope(work));
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }

    private T RunInScope<T>(Func<torch.Device, T> work)
    {
        using var scope = torch.NewDisposeScope();
        torch.Device device = torch.device(Description.Name);
        if (device.type != DeviceType.CPU) return work(device);
        lock (CpuGate) return work(device);
    }

    private void Loop()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
        {
            // A clock may stand at zero, which here means no work.
            Volatile.Write(ref _workStart, Math.Max(1, _time.GetTimestamp()));
            work();
            Volatile.Write(ref _workStart, 0);
        }

        _ended.SetResult();
    }
}
