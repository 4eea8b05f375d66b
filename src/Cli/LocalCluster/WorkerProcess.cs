using System.Diagnostics;
using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>A worker in a process of its own, started again whenever it dies.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // A worker that is asked to leave ends within a chunk; nobody waits longer than this at the end of a command.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(1);

    private readonly ProcessStartInfo _start;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly RestartPolicy _policy = new();
    private readonly CancellationTokenSource _leaving = new();
    private volatile int _processId;

    private WorkerProcess(ProcessStartInfo start, string name, TimeProvider time)
    {
        _start = start;
        _name = name;
        _time = time;
        Supervision = Task.Run(SuperviseAsync);
    }

    /// <summary>What the worker says.</summary>
    public WorkerLog Log { get; } = new();

    /// <summary>Ends well when the worker was asked to leave, with an exception when it cannot be kept alive.</summary>
    public Task Supervision { get; }

    /// <summary>The process that runs now, or ran last; 0 before the first.</summary>
    public int ProcessId => _processId;

    public static WorkerProcess Start(ProcessStartInfo start, string name, TimeProvider time) => new(start, name, time);

    public async ValueTask DisposeAsync()
    {
        if (_leaving.IsCancellationRequested) return;
        await _leaving.CancelAsync();
        // Its failure was already reported through Supervision.
        await Supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _leaving.Dispose();
        Log.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (true)
        {
            long started = _time.GetTimestamp();
            int exitCode = await RunOnceAsync();
            if (_leaving.IsCancellationRequested) return;
            if (_policy.NextDelay(_time.GetElapsedTime(started), exitCode) is not { } delay)
                throw new CommandFailedException($"{_name} ended with exit code {exitCode}: {Log.LastLine}");
            Log.Append($"maml: {_name} ended with exit code {exitCode}; starting it again in {delay.TotalSeconds:0.0} s");
            await Task.Delay(delay, _time, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_leaving.IsCancellationRequested) return;
        }
    }

    private async Task<int> RunOnceAsync()
    {
        using Process process = Process.Start(_start) ?? throw new CommandFailedException($"{_name} could not be started.");
        _processId = process.Id;
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            await process.WaitForExitAsync(_leaving.Token);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
        }

        return process.ExitCode;
    }

    private async Task EndAsync(Process process)
    {
        // The worker takes the end of its standard input for the end of its parent.
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(LeaveTime, _time);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private void Append(string? line)
    {
        if (line is not null) Log.Append(line);
    }
}
