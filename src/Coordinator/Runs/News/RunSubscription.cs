using System.Runtime.CompilerServices;

namespace Maml.Cluster.Coordinator.Runs.News;

/// <summary>
/// The news of a run on their way to one reader. A slow reader misses iterations and checkpoints, the oldest first, and no other news:
/// what waits is bounded by the run's evaluations and changes of state.
/// </summary>
/// <param name="maximumFrequent">Iterations and checkpoints that may wait.</param>
internal sealed class RunSubscription(int maximumFrequent = 256) : IDisposable
{
    /// <summary>
    /// How long a calm reader lets an iteration wait. 10 ms: nobody sees it, the next iteration is on its way to the workers by then, and a
    /// hundred short iterations are told at once.
    /// </summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<RunNews> _waiting = [];
    private readonly SemaphoreSlim _available = new(0);
    private int _frequent;
    private bool _isEnded;

    /// <summary>Adds news; never blocks.</summary>
    public void Publish(RunNews news)
    {
        lock (_gate)
        {
            if (_isEnded) return;
            _waiting.AddLast(news);
            if (IsFrequent(news) && ++_frequent > maximumFrequent)
            {
                RemoveOldestFrequent();
                return;
            }
        }

        _available.Release();
    }

    /// <summary>No news follow.</summary>
    public void End()
    {
        lock (_gate) _isEnded = true;
        _available.Release();
    }

    /// <summary>All news in order and at once, until the end; for one reader.</summary>
    public IAsyncEnumerable<RunNews> ReadAllAsync(CancellationToken cancellationToken) => ReadAllAsync(calmly: null, cancellationToken);

    /// <summary>
    /// All news in order, until the end; for one reader. It need not know of an iteration at once: at its end the coordinator is what all workers
    /// wait for, and to tell others of it would take a core from that.
    /// </summary>
    public IAsyncEnumerable<RunNews> ReadCalmlyAsync(TimeProvider time, CancellationToken cancellationToken) => ReadAllAsync(time, cancellationToken);

    private async IAsyncEnumerable<RunNews> ReadAllAsync(TimeProvider? calmly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival = _available.WaitAsync(cancellationToken);
            bool hasToWait = !arrival.IsCompleted;
            await arrival;
            if (hasToWait && calmly is not null && IsNextFrequent()) await Task.Delay(Rest, calmly, cancellationToken);
            RunNews news;
            lock (_gate)
            {
                if (_waiting.First is not { } first) yield break;
                news = first.Value;
                _waiting.RemoveFirst();
                if (IsFrequent(news)) _frequent--;
            }

            yield return news;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();

    private bool IsNextFrequent()
    {
        lock (_gate) return _waiting.First is { } first && IsFrequent(first.Value);
    }

    private static bool IsFrequent(RunNews news) => news is RunNews.Iterated or RunNews.Saved;

    private void RemoveOldestFrequent()
    {
        LinkedListNode<RunNews> node = _waiting.First!;
        while (!IsFrequent(node.Value)) node = node.Next!;
        _waiting.Remove(node);
        _frequent--;
    }
}
