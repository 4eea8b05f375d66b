using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>The runs that lie in the folder of runs.</summary>
internal sealed class RunArchive(CoordinatorOptions options)
{
    /// <summary>All runs whose records can be read, those started first in front.</summary>
    /// <param name="report">Told the fault of each that cannot.</param>
    public IReadOnlyList<ArchivedRun> ReadAll(Action<string> report)
    {
        var runs = new List<ArchivedRun>();
        if (!Directory.Exists(options.RunsDirectory)) return runs;
        foreach (string directory in Directory.EnumerateDirectories(options.RunsDirectory))
        {
            RunFolder folder = RunFolder.Open(directory);
            if (!File.Exists(folder.Record)) continue;
            try
            {
                runs.Add(Read(folder));
            }
            catch (RunRecordException e)
            {
                report(e.Message);
            }
        }

        return [.. runs.OrderBy(run => run.Document.Started).ThenBy(run => run.Document.Run, StringComparer.Ordinal)];
    }

    /// <summary>The folder of a run.</summary>
    /// <param name="runId">The run; from a client.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public RunFolder Find(string runId)
    {
        string? path = ConfinedPath.Resolve(options.RunsDirectory, runId);

        // A path that leads to a folder below another is no identifier.
        return path is not null && Directory.Exists(path) && RunFolder.Open(path) is { } folder && folder.RunId == runId
            ? folder
            : throw new RunNotFoundException($"There is no run '{runId}' in {Path.GetFullPath(options.RunsDirectory)}. Check the identifier.");
    }

    /// <summary>A run from its folder.</summary>
    /// <exception cref="RunRecordException">What it left cannot be used.</exception>
    public static ArchivedRun Read(RunFolder folder)
    {
        RunDocument document = RunDocumentFile.Read(folder.Record);
        if (document.Run != folder.RunId)
            throw new RunRecordException($"{folder.Record}: found the record of run '{document.Run}', expected '{folder.RunId}'. Give the folder its name back.");
        try
        {
            return new ArchivedRun(folder, document, RunConfigurationFile.Load(folder.Configuration));
        }
        catch (ConfigurationException e)
        {
            throw new RunRecordException(e.Message, e);
        }
    }
}
