using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Maml.Cluster.Coordinator.Runs.News;

/// <summary>
/// The news of a run on their way to one reader. A slow reader misses iterations and checkpoints, the oldest first, and no other news:
/// what waits is bounded by the run's evaluations and changes of state.
/// </summary>
/// <param name="maximumFrequent">Iterations and checkpoints that may wait.</param>
internal sealed class RunSubscription(int maximumFrequent = 256) : IDisposable
{
    /// <summary>How long a calm reader lets iterations wait. 50 ms: nobody sees it, and many short iterations are told at once.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly LinkedList<RunNews> _waiting = [];
    private readonly SemaphoreSlim _woken = new(0);
    private int _frequent;
    private bool _isCalm;
    private bool _isEnded;

    /// <summary>Adds news; never blocks.</summary>
    public void Publish(RunNews news)
    {
        lock (_gate)
        {
            if (_isEnded) return;
            _waiting.AddLast(news);
            if (IsFrequent(news) && ++_frequent > maximumFrequent) RemoveOldestFrequent();
            if (IsFrequent(news) && _isCalm) return;
        }

        _woken.Release();
    }

    /// <summary>No news follow.</summary>
    public void End()
    {
        lock (_gate) _isEnded = true;
        _woken.Release();
    }

    /// <summary>All news in order and at once, until the end; for one reader.</summary>
    public async IAsyncEnumerable<RunNews> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TryTake(out RunNews? news)) yield return news;
            if (IsOver()) yield break;
            await _woken.WaitAsync(_isCalm ? Rest : Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    /// <summary>
    /// The same for a reader that need not know of an iteration at once: when one ends, all workers wait for the coordinator, and to wake up
    /// somebody who tells of it would take a core from that.
    /// </summary>
    public IAsyncEnumerable<RunNews> ReadCalmlyAsync(CancellationToken cancellationToken)
    {
        lock (_gate) _isCalm = true;
        return ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _woken.Dispose();

    private static bool IsFrequent(RunNews news) => news is RunNews.Iterated or RunNews.Saved;

    private bool TryTake([NotNullWhen(true)] out RunNews? news)
    {
        lock (_gate)
        {
            news = _waiting.First?.Value;
            if (news is null) return false;
            _waiting.RemoveFirst();
            if (IsFrequent(news)) _frequent--;
            return true;
        }
    }

    private bool IsOver()
    {
        lock (_gate) return _isEnded && _waiting.Count == 0;
    }

    private void RemoveOldestFrequent()
    {
        LinkedListNode<RunNews> node = _waiting.First!;
        while (!IsFrequent(node.Value)) node = node.Next!;
        _waiting.Remove(node);
        _frequent--;
    }
}
