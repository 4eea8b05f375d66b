using System.Runtime.CompilerServices;

namespace Maml.Cluster.Coordinator.Runs.News;

/// <summary>
/// The news of a run on their way to one reader. A slow reader misses iterations but never the newest, and no other news: what waits
/// is bounded by the run's evaluations, checkpoints and changes of state.
/// </summary>
/// <param name="maximumIterations">Iterations that may wait.</param>
internal sealed class RunSubscription(int maximumIterations = 256) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RunNews> _waiting = [];
    private readonly SemaphoreSlim _available = new(0);
    private int _iterations;
    private bool _isEnded;

    /// <summary>Adds news; never blocks.</summary>
    public void Publish(RunNews news)
    {
        lock (_gate)
        {
            if (_isEnded) return;
            if (news is RunNews.Iterated && _iterations >= maximumIterations && _waiting.Last?.Value is RunNews.Iterated)
            {
                _waiting.Last.Value = news;
                return;
            }

            if (news is RunNews.Iterated) _iterations++;
            _waiting.AddLast(news);
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
                if (news is RunNews.Iterated) _iterations--;
            }

            yield return news;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();
}
