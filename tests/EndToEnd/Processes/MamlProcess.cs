using System.Diagnostics;
using System.Text;

namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>The real command line in a process of its own.</summary>
internal sealed class MamlProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private MamlProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public string Errors
    {
        get { lock (_errors) return _errors.ToString(); }
    }

    public static MamlProcess Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts it with variables of its own.</summary>
    public static MamlProcess Start(string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Maml.Cluster.Cli.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return new MamlProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<MamlResult> RunAsync(params string[] arguments)
    {
        await using MamlProcess process = Start(arguments);
        return await process.WaitAsync(TimeSpan.FromMinutes(10));
    }

    /// <summary>Starts the command line by another command.</summary>
    /// <param name="command">The other command and its arguments.</param>
    /// <param name="arguments">Of the command line.</param>
    public static MamlProcess StartUnder(string[] command, string[] arguments) => new(new Process
    {
        StartInfo = new ProcessStartInfo(command[0], [.. command[1..], "dotnet", Path.Combine(AppContext.BaseDirectory, "Maml.Cluster.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        },
    });

    public async Task<MamlResult> WaitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process had not ended after {limit}.\n{Output}\n{Errors}");
        }

        return new MamlResult(_process.ExitCode, Output, Errors);
    }

    /// <summary>Waits for a text on standard output or standard error.</summary>
    public async Task WaitForTextAsync(string text, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (!HasPrinted(text))
        {
            bool hasEnded = _process.HasExited;

            // What it printed last may still be on its way.
            if (hasEnded) await _process.WaitForExitAsync();
            if (hasEnded && HasPrinted(text)) return;
            if (hasEnded || watch.Elapsed > limit) throw new TimeoutException($"'{text}' had not been printed after {watch.Elapsed}.\n{Output}\n{Errors}");
            await Task.Delay(50);
        }
    }

    public void Signal(string signal) => Signals.Send(_process.Id, signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private bool HasPrinted(string text) => Output.Contains(text, StringComparison.Ordinal) || Errors.Contains(text, StringComparison.Ordinal);

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }
}
