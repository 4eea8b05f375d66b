using System.Diagnostics;
using System.Runtime.InteropServices;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Hosts;

/// <summary>A host as a process of its own that is confined as a pod is: see hardened.sh.</summary>
internal sealed partial class HardenedHost : IAsyncDisposable
{
    private const int Terminate = 15;
    private const string Script = "hardened.sh";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<string> _log = [];

    private HardenedHost(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Why hosts cannot be confined here; null where they can.</summary>
    public static async Task<string?> WhyNotAsync(string folder)
    {
        if (!Command.Exists("unshare") || !Command.Exists("setpriv")) return "There is no unshare or setpriv on the PATH.";
        Command tried = await Command.RunAsync("bash", [ScriptPath, folder, AppContext.BaseDirectory, "true"]);
        return tried.ExitCode == 0 ? null : $"Mounts cannot be changed here; run the tests as root. {tried.Errors}";
    }

    public static HardenedHost Start(string folder, string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [ScriptPath, folder, AppContext.BaseDirectory, "dotnet", Path.Combine(folder, "application", assembly), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new HardenedHost(Process.Start(start)!);
    }

    /// <summary>SIGTERM, as a kubelet sends it, to one that has not ended; its log is complete then.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!HasEnded) _ = Kill(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string ScriptPath => Repository.At("tests", "Deploy.Tests", "Hosts", Script);

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_log) _log.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
