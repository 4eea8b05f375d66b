using System.Diagnostics;

namespace Maml.Cluster.Scale;

/// <summary>The real coordinator in a process of its own, so that what it takes can be told from what the stubs take.</summary>
internal sealed class CoordinatorProcess : IDisposable
{
    private const string Greeting = "The coordinator listens on ";

    private readonly Process _process;
    private readonly DirectoryInfo _runs;

    private CoordinatorProcess(Process process, DirectoryInfo runs, Uri address)
    {
        _process = process;
        _runs = runs;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Processor time that it has taken, of all its threads, in user and kernel mode.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it has had at once, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it on a free port of loopback; its runs go to a folder that is deleted in the end.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<CoordinatorProcess> StartAsync()
    {
        DirectoryInfo runs = Directory.CreateTempSubdirectory("maml-scale-");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Maml.Cluster.Coordinator.dll"), "--Port=0", $"--RunsDirectory={runs.FullName}"])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.StartsWith(Greeting, StringComparison.Ordinal)) continue;

            // A full pipe must not stop it.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return new CoordinatorProcess(process, runs, new Uri(line[Greeting.Length..]));
        }

        process.Kill();
        process.Dispose();
        runs.Delete(recursive: true);
        throw new InvalidOperationException($"The coordinator did not start: {string.Join(Environment.NewLine, said)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Its last checkpoint is of no use, so it is not waited for.
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _runs.Delete(recursive: true);
    }
}
