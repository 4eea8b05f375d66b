namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Tasks a second over the last seconds of training. Time is an argument.</summary>
/// <param name="window">How far back it looks.</param>
internal sealed class TaskThroughput(TimeSpan window)
{
    private readonly Queue<(TimeSpan At, int Tasks)> _iterations = [];
    private TimeSpan _windowStart;
    private long _tasks;

    /// <summary>Adds an iteration.</summary>
    /// <param name="now">Training time at its end, from zero.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <returns>Tasks a second within the window, or since the start where that is shorter.</returns>
    public double Add(TimeSpan now, int tasks)
    {
        _iterations.Enqueue((now, tasks));
        _tasks += tasks;
        while (_iterations.Count > 1 && _iterations.Peek().At <= now - window)
        {
            (_windowStart, int old) = _iterations.Dequeue();
            _tasks -= old;
        }

        double seconds = (now - _windowStart).TotalSeconds;
        return seconds > 0 ? _tasks / seconds : 0;
    }
}
