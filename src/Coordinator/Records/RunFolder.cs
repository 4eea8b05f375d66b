using System.Globalization;
using System.Text;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>Where a run leaves its files.</summary>
internal sealed class RunFolder
{
    private RunFolder(string runId, string path)
    {
        RunId = runId;
        Path = path;
    }

    /// <summary>The run; also the folder's name.</summary>
    public string RunId { get; }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The run's configuration, as it was started.</summary>
    public string Configuration => File("config.yaml");

    /// <summary>A row an iteration.</summary>
    public string Metrics => File("metrics.csv");

    /// <summary>A row for each inner step of each evaluation.</summary>
    public string Evaluations => File("evaluations.csv");

    /// <summary>The run in a few figures, at its end.</summary>
    public string Summary => File("summary.json");

    /// <summary>What a coordinator needs to list the run, or to go on with it.</summary>
    public string Record => File("run.json");

    /// <summary>Held by the process that works on the run.</summary>
    public string Lock => File("run.lock");

    /// <summary>Folder of checkpoints.</summary>
    public string Checkpoints => CheckpointsIn(Path);

    /// <summary>The folder of checkpoints of the run whose folder is given.</summary>
    public static string CheckpointsIn(string runFolder) => System.IO.Path.Combine(runFolder, "checkpoints");

    /// <summary>The folder of a run that was started before; nothing in it is looked at.</summary>
    /// <param name="path">The folder; its name is the run's identifier.</param>
    public static RunFolder Open(string path)
    {
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return new RunFolder(System.IO.Path.GetFileName(full), full);
    }

    /// <summary>Makes a folder for a new run, named after it and the time, and writes its configuration there.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static RunFolder Create(string runsDirectory, RunConfiguration configuration, DateTimeOffset started)
    {
        string first = string.Create(CultureInfo.InvariantCulture, $"{configuration.Name}-{started.UtcDateTime:yyyyMMdd-HHmmss}");
        byte[] yaml = Encoding.UTF8.GetBytes(RunConfigurationFile.Write(configuration));
        for (int attempt = 1; ; attempt++)
        {
            string runId = attempt == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}-{attempt}");
            var folder = new RunFolder(runId, System.IO.Path.GetFullPath(System.IO.Path.Combine(runsDirectory, runId)));
            if (folder.TryClaim(yaml)) return folder;
        }
    }

    /// <summary>Takes back a folder that was made for a run which did not come to life.</summary>
    public void Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a record in it nobody goes on with it; and the fault that led here is the one to tell.
        }
    }

    // Two coordinators may share a folder of runs, and start one in the same second: the file system says who was first.
    private bool TryClaim(byte[] configuration)
    {
        string file = Configuration;
        Directory.CreateDirectory(Path);
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.CreateNew);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            return false;
        }

        try
        {
            using (stream)
            {
                stream.Write(configuration);
                stream.Flush(flushToDisk: true);
            }
        }
        catch
        {
            Delete();
            throw;
        }

        return true;
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
