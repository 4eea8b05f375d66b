using System.Diagnostics;
using System.Runtime.Versioning;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Launcher;

/// <summary>The launcher, or functions of it, in a shell of its own.</summary>
[SupportedOSPlatform("linux")]
internal static class LauncherProcess
{
    public static Task<CommandResult> RunAsync(string path, params string[] arguments) =>
        RunBashAsync(path, [Path.Combine(Repository.Root, "maml"), .. arguments]);

    /// <summary>Runs functions of the launcher, with a state folder of their own, and with the tools in <paramref name="path"/> before the system's.</summary>
    public static Task<CommandResult> RunFunctionAsync(TemporaryFolder path, string script) => RunFunctionAsync(path, $"{path.Path}:/usr/bin:/bin", script);

    /// <summary>Runs functions of the launcher with every tool of this machine.</summary>
    public static Task<CommandResult> RunFunctionHereAsync(TemporaryFolder path, string script) =>
        RunFunctionAsync(path, Environment.GetEnvironmentVariable("PATH")!, script);

    public static void AddTool(TemporaryFolder path, string name, string script)
    {
        File.WriteAllText(path.File(name), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static Task<CommandResult> RunFunctionAsync(TemporaryFolder path, string tools, string script) => RunBashAsync(tools,
    [
        "-c",
        $"""
        set -euo pipefail
        root='{Repository.Root}'; state='{path.Path}/state'; mkdir -p "$state"
        for part in "$root"/build/launcher/*.sh; do source "$part"; done
        {script}
        """,
    ]);

    private static async Task<CommandResult> RunBashAsync(string path, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PATH"] = path;
        start.Environment.Remove("MamlPackages");
        start.Environment.Remove("LIBTORCH");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, output, await errors);
    }
}
