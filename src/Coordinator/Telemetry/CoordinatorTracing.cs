using System.Diagnostics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>The coordinator's spans: a trace an iteration. While nobody listens none is made, and a question for it costs a comparison.</summary>
internal static class CoordinatorTracing
{
    private static readonly ActivitySource Source = new(CoordinatorMeter.Name);

    /// <summary>Begins the trace of an iteration, from its tasks to its checkpoint.</summary>
    public static Activity? StartIteration(string run, long iteration) => StartRoot("iteration", run, iteration);

    /// <summary>Begins the trace of an evaluation.</summary>
    public static Activity? StartEvaluation(string run, long iteration) => StartRoot("evaluation", run, iteration);

    /// <summary>Begins a part of what is under way; none where that is not traced.</summary>
    public static Activity? Start(string name) => Activity.Current is null ? null : Source.StartActivity(name);

    /// <summary>Begins a part of what is under way elsewhere; none where that is not traced.</summary>
    public static Activity? Start(string name, ActivityKind kind, ActivityContext parent) =>
        parent == default ? null : Source.StartActivity(name, kind, parent);

    /// <summary>
    /// Begins a part of what is under way elsewhere, which ends elsewhere too: what runs here meanwhile is no part of it.
    /// </summary>
    public static Activity? StartApart(string name, ActivityKind kind, ActivityContext parent)
    {
        if (parent == default) return null;
        Activity? current = Activity.Current;
        Activity? span = Source.StartActivity(name, kind, parent);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends what <see cref="StartApart"/> has begun.</summary>
    public static void EndApart(Activity? span)
    {
        if (span is null) return;
        Activity? current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }

    private static Activity? StartRoot(string name, string run, long iteration)
    {
        // The request that started the run is over long since, and would be the parent of all that follows.
        Activity.Current = null;
        if (!Source.HasListeners()) return null;
        return Source.StartActivity(name)?.SetTag("maml.run", run).SetTag("maml.iteration", iteration);
    }
}
