using System.Globalization;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>The checkpoints of one run, of which the newest few are kept.</summary>
/// <param name="directory">Their folder.</param>
/// <param name="keep">How many are kept; 1 or more.</param>
internal sealed class CheckpointStore(string directory, int keep)
{
    private const string Pattern = "iteration-*.safetensors";

    /// <summary>Writes a checkpoint, whole or not at all, then deletes those that are one too many.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public string Save(Checkpoint checkpoint)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"iteration-{checkpoint.Iteration:D9}.safetensors");
        string path = Path.Combine(directory, name);
        CheckpointFormat.Write(checkpoint).WriteAtomically(path);
        foreach (string old in NewestFirst(directory).Skip(keep)) File.Delete(old);
        return path;
    }

    /// <summary>The checkpoints in a folder; empty when there is no such folder.</summary>
    public static IEnumerable<string> NewestFirst(string directory) => Directory.Exists(directory)
        ? Directory.GetFiles(directory, Pattern).OrderDescending(StringComparer.Ordinal)
        : [];

    /// <summary>Reads the newest checkpoint in a folder that holds; damaged ones are passed over.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="report">Told the fault of each that was passed over.</param>
    /// <exception cref="CheckpointException">There is none; the message is that of the newest.</exception>
    public static Checkpoint ReadNewest(string directory, Action<string> report)
    {
        CheckpointException? first = null;
        foreach (string path in NewestFirst(directory))
        {
            try
            {
                return CheckpointReader.Read(path);
            }
            catch (CheckpointException e)
            {
                first ??= e;
                report(e.Message);
            }
        }

        throw first ?? new CheckpointException($"{directory}: found no checkpoint, expected one of a run that has begun to train.");
    }
}
