using System.Diagnostics;

namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>Signals and children of real processes, through the system's own tools.</summary>
internal static class Signals
{
    public static void Send(int processId, string signal)
    {
        // The shell has the command built in; a small Debian has no program of that name.
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {processId}"]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Children of a process, oldest first.</summary>
    public static int[] ChildrenOf(int processId) =>
    [
        .. File.ReadAllText($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse),
        .. Directory.GetDirectories($"/proc/{processId}/task")
            .Where(thread => Path.GetFileName(thread) != $"{processId}")
            .Select(ReadChildren)
            .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse),
    ];

    private static string ReadChildren(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
