namespace Maml.Cluster.Coordinator.Runs;

/// <summary>What is said about runs. Event ids 3000 to 3099.</summary>
internal static partial class RunLog
{
    [LoggerMessage(3000, LogLevel.Information, "Run '{Run}' has started: {Iterations} iterations of {Tasks} tasks, {Parameters} meta-parameters, in {Directory}.")]
    public static partial void Started(this ILogger logger, string run, long iterations, int tasks, int parameters, string directory);

    [LoggerMessage(3001, LogLevel.Warning, "Run '{Run}' waits: no worker is attached. Start one with `maml worker --coordinator URL`.")]
    public static partial void WaitsForWorkers(this ILogger logger, string run);

    [LoggerMessage(3002, LogLevel.Information, "Run '{Run}' goes on with {Workers} worker(s).")]
    public static partial void GoesOn(this ILogger logger, string run, int workers);

    [LoggerMessage(3003, LogLevel.Information, "Run '{Run}' was evaluated after {Iteration} iterations: loss {First} before and {Last} after adaptation.")]
    public static partial void Evaluated(this ILogger logger, string run, long iteration, double first, double last);

    [LoggerMessage(3004, LogLevel.Information, "Run '{Run}' has a checkpoint of iteration {Iteration}: {Path}.")]
    public static partial void Saved(this ILogger logger, string run, long iteration, string path);

    [LoggerMessage(3005, LogLevel.Information, "Run '{Run}' has ended as {State} after {Iteration} iterations; θ has SHA-256 {Hash}.")]
    public static partial void Ended(this ILogger logger, string run, RunState state, long iteration, string hash);

    [LoggerMessage(3006, LogLevel.Error, "Run '{Run}' has failed in iteration {Iteration}: {Fault}")]
    public static partial void Failed(this ILogger logger, Exception exception, string run, long iteration, string fault);

    [LoggerMessage(3007, LogLevel.Information, "Run '{Run}' is paused after {Iteration} iterations.")]
    public static partial void Paused(this ILogger logger, string run, long iteration);

    [LoggerMessage(3008, LogLevel.Information, "Run '{Run}' waits for another to end or pause; {Queued} run(s) wait.")]
    public static partial void Queued(this ILogger logger, string run, int queued);

    [LoggerMessage(3009, LogLevel.Information, "Run '{Run}' goes on from iteration {Iteration}.")]
    public static partial void Resumed(this ILogger logger, string run, long iteration);
}
