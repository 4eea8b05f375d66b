namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>Tasks a second over the last seconds of training. Time is an argument.</summary>
/// <param name="window">How far back it looks.</param>
/// <param name="start">Training time at which it starts to look.</param>
internal sealed class TaskThroughput(TimeSpan window, TimeSpan start = default)
{
    private readonly Queue<(TimeSpan At, int Tasks)> _iterations = [];
    private TimeSpan _windowStart = start;
    private long _tasks;

    /// <summary>Adds an iteration.</summary>
    /// <param name="now">Training time at its end.</param>
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
