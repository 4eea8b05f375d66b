using System.Diagnostics;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.LocalCluster;

/// <summary>Real processes: a shell plays the worker.</summary>
public sealed class WorkerProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Supervision_ProcessIsKilled_StartsAnother()
    {
        using var folder = new TemporaryFolder();
        string marks = folder.File("starts");
        await using WorkerProcess worker = Start($"echo $$ >> '{marks}'; [ $(wc -l < '{marks}') -lt 3 ] && kill -KILL $$; cat > /dev/null");
        await WaitUntilAsync(() => File.Exists(marks) && File.ReadAllLines(marks).Length == 3);
        worker.Supervision.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Supervision_ProcessRefusesToStart_EndsWithItsLastWords()
    {
        await using WorkerProcess worker = Start("echo starting >&2; echo there is no libtorch >&2; exit 1");
        Exception failure = await Should.ThrowAsync<CommandFailedException>(() => worker.Supervision.WaitAsync(Limit));
        failure.Message.ShouldContain("there is no libtorch");
        failure.Message.ShouldContain("worker-1");
    }

    [Fact]
    public async Task Dispose_ProcessWatchesItsInput_LetsItEnd()
    {
        using var folder = new TemporaryFolder();
        string farewell = folder.File("farewell");
        WorkerProcess worker = Start($"echo ready >&2; cat > /dev/null; echo bye > '{farewell}'");
        await WaitUntilAsync(() => worker.Log.LastLine == "ready");
        await worker.DisposeAsync();
        File.Exists(farewell).ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_ProcessTakesNoNotice_KillsIt()
    {
        WorkerProcess worker = Start("echo $$ >&2; while true; do sleep 1; done");
        await WaitUntilAsync(() => worker.Log.LastLine.Length > 0);
        int id = int.Parse(worker.Log.LastLine);
        await worker.DisposeAsync();
        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }

    [Fact]
    public async Task Log_BeforeAndAfterItHasAFile_KeepsEveryLine()
    {
        using var folder = new TemporaryFolder();
        await using WorkerProcess worker = Start("echo one >&2; cat > /dev/null; echo two >&2");
        await WaitUntilAsync(() => worker.Log.LastLine == "one");
        worker.Log.WriteTo(folder.File("workers/worker-1.log"));
        await worker.DisposeAsync();
        (await File.ReadAllLinesAsync(folder.File("workers/worker-1.log"))).ShouldBe(["one", "two"]);
    }

    private static WorkerProcess Start(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        return WorkerProcess.Start(start, "worker-1", TimeProvider.System);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            watch.Elapsed.ShouldBeLessThan(Limit);
            await Task.Delay(20);
        }
    }
}
