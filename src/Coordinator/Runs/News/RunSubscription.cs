using System.Runtime.CompilerServices;

namespace Maml.Cluster.Coordinator.Runs.News;

/// <summary>
/// The news of a run on their way to one reader. A slow reader misses iterations and checkpoints, the oldest first, and no other news:
/// what waits is bounded by the run's evaluations and changes of state.
/// </summary>
/// <param name="maximumFrequent">Iterations and checkpoints that may wait.</param>
internal sealed class RunSubscription(int maximumFrequent = 256) : IDisposable
{
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

    /// <summary>All news in order, until the end; for one reader.</summary>
    public async IAsyncEnumerable<RunNews> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _available.WaitAsync(cancellationToken);
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

    private static bool IsFrequent(RunNews news) => news is RunNews.Iterated or RunNews.Saved;

    private void RemoveOldestFrequent()
    {
        LinkedListNode<RunNews> node = _waiting.First!;
        while (!IsFrequent(node.Value)) node = node.Next!;
        _waiting.Remove(node);
        _frequent--;
    }
}
