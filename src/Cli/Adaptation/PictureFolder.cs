using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Cli.Adaptation;

/// <summary>A folder of pictures: either with one sub-folder for each label, or with the files themselves.</summary>
internal static class PictureFolder
{
    // A picture of the most pixels that are read, uncompressed in colour.
    private const long MaximumFileBytes = 16L << 20;

    /// <summary>Reads all pictures, in the order of their names, so that the same folder is the same request everywhere.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that named it, for messages.</param>
    /// <param name="needsLabels">Whether there must be sub-folders.</param>
    /// <exception cref="CommandFailedException">There is no such folder, or something in it is no picture.</exception>
    public static IReadOnlyList<LabelledPicture> Read(string folder, string option, bool needsLabels)
    {
        if (!Directory.Exists(folder)) throw new CommandFailedException($"{option}: there is no folder '{folder}'.");
        string[] labels = Visible(Directory.GetDirectories(folder));
        string[] files = Visible(Directory.GetFiles(folder));
        if (needsLabels && labels.Length == 0)
            throw new CommandFailedException($"{option}: '{folder}' has no sub-folders; expected one for each label, with its PNG files.");
        if (labels.Length > 0 && files.Length > 0)
            throw new CommandFailedException($"{option}: '{folder}' has both sub-folders and files ('{files[0]}'); expected either, since a label is a sub-folder's name.");

        LabelledPicture[] pictures = labels.Length == 0
            ? [.. files.Select(file => Read(folder, null, file))]
            : [.. labels.SelectMany(label => Visible(Directory.GetFiles(Path.Combine(folder, label))).Select(file => Read(folder, label, file)))];
        return pictures.Length > 0 ? pictures : throw new CommandFailedException($"{option}: there are no pictures in '{folder}'; expected PNG files.");
    }

    private static string[] Visible(IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    private static LabelledPicture Read(string folder, string? label, string file)
    {
        string name = label is null ? file : $"{label}/{file}";
        string path = Path.Combine(folder, label ?? "", file);
        long length = new FileInfo(path).Length;
        if (length > MaximumFileBytes) throw new CommandFailedException($"{path}: found {length} bytes, expected a PNG file of at most {MaximumFileBytes}.");
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            // The coordinator reads it again; but only here is it known what it is called.
            Picture.FromPng(bytes, path);
        }
        catch (DataSetException e)
        {
            throw new CommandFailedException(e.Message);
        }

        return new LabelledPicture(name, label, bytes);
    }
}
