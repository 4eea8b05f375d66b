namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>Runs what a simulated coordinator has to do, one piece at a time and only when told to: a halted coordinator is one that is not pumped.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();

    public bool IsIdle => _work.Count == 0;

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for another in a simulation.");

    /// <summary>Does the next piece of work.</summary>
    public void Step()
    {
        if (_work.TryDequeue(out (SendOrPostCallback Callback, object? State) next)) Do(() => next.Callback(next.State));
    }

    /// <summary>Does something as a part of the coordinator.</summary>
    public void Do(Action action)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
