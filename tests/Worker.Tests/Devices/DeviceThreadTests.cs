using Maml.Cluster.Worker.Devices;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Devices;

public sealed class DeviceThreadTests
{
    [Fact]
    public async Task RunAsync_AllWork_IsDoneByOneThreadInOrder()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        var order = new List<int>();
        int[] threads = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => device.RunAsync(
            _ =>
            {
                order.Add(i);
                return Environment.CurrentManagedThreadId;
            },
            CancellationToken.None)));
        threads.Distinct().Count().ShouldBe(1);
        threads[0].ShouldNotBe(Environment.CurrentManagedThreadId);
        order.ShouldBe(Enumerable.Range(0, 50));
    }

    [Fact]
    public async Task StartAsync_RoundedProductsWereAllowed_ForbidsThem()
    {
        torch.backends.cuda.matmul.allow_tf32 = true;
        torch.backends.cudnn.allow_tf32 = true;
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        torch.backends.cuda.matmul.allow_tf32.ShouldBeFalse();
        torch.backends.cudnn.allow_tf32.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_Tensors_DieWithTheCall()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        torch.Tensor left = await device.RunAsync(on => torch.ones(3, device: on), CancellationToken.None);
        left.IsInvalid.ShouldBeTrue();
        torch.Tensor kept = await device.RunAsync(on => torch.ones(3, device: on).DetachFromDisposeScope(), CancellationToken.None);
        kept.IsInvalid.ShouldBeFalse();
        await device.RunAsync(
            _ =>
            {
                kept.Dispose();
                return 0;
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task RunAsync_WorkThatThrows_FailsItsTaskOnly()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        await Should.ThrowAsync<InvalidOperationException>(device.RunAsync<int>(_ => throw new InvalidOperationException(), CancellationToken.None));
        (await device.RunAsync(_ => torch.ones(4).sum().item<float>(), CancellationToken.None)).ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItsTurn_IsNotDone()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        using var gate = new ManualResetEventSlim();
        using var cancelled = new CancellationTokenSource();
        Task<int> busy = device.RunAsync(
            _ =>
            {
                gate.Wait();
                return 1;
            },
            CancellationToken.None);
        bool wasDone = false;
        Task<bool> waiting = device.RunAsync(_ => wasDone = true, cancelled.Token);
        await cancelled.CancelAsync();
        gate.Set();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await busy).ShouldBe(1);
        wasDone.ShouldBeFalse();
    }

    [Fact]
    public async Task DisposeAsync_WorkThatWaits_IsFinishedFirst()
    {
        DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        Task<int>[] work = [.. Enumerable.Range(0, 10).Select(i => device.RunAsync(_ => i, CancellationToken.None))];
        await device.DisposeAsync();
        (await Task.WhenAll(work)).ShouldBe(Enumerable.Range(0, 10));
        Should.Throw<ObjectDisposedException>(() => device.RunAsync(_ => 0, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task StartAsync_Threads_AreSetOnItsThread()
    {
        await using DeviceThread device = await DeviceThread.StartAsync("cpu", 1);
        (await device.RunAsync(_ => torch.get_num_threads(), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task StartAsync_UnknownDevice_ListsWhatThereIs()
    {
        DeviceException fault = await Should.ThrowAsync<DeviceException>(DeviceThread.StartAsync("cuda:77", 1));
        fault.Message.ShouldContain("no device 'cuda:77'");
        fault.Message.ShouldContain("sees cpu");
    }
}
