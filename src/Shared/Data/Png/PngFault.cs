namespace Maml.Cluster.Shared.Data;

/// <summary>The messages of everything that reads PNG.</summary>
internal static class PngFault
{
    public static DataSetException Of(string file, string found, string expected, Exception? cause = null) =>
        DataSetException.Of(file, found, expected, "Replace it by the original PNG file, or save it anew as a plain one.", cause);
}
