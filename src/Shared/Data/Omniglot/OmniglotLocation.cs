using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// The two halves under a folder. Each is taken from its archive where there is one, since an archive is whole or refused, and from
/// its unpacked folder otherwise.
/// </summary>
internal sealed record OmniglotLocation(string Background, string Evaluation)
{
    // Part of the fingerprint: another way of decoding must not find what the old way cached.
    private const int DecodingVersion = 1;

    public static OmniglotLocation Find(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
            throw DataSetException.Of(full, "a file", "the folder that holds both halves of Omniglot", OmniglotLayout.Where);
        if (!Directory.Exists(full))
            throw DataSetException.Of(full, "no such folder", "the folder that holds both halves of Omniglot", OmniglotLayout.Where);

        string? background = FindHalf(full, OmniglotLayout.Background);
        string? evaluation = FindHalf(full, OmniglotLayout.Evaluation);
        if (background is not null && evaluation is not null)
            return new OmniglotLocation(background, evaluation);

        throw DataSetException.Of(
            full,
            Describe(full),
            $"{OmniglotLayout.Background} and {OmniglotLayout.Evaluation}, each as a folder or a .zip archive",
            OmniglotLayout.Where);
    }

    public static IOmniglotHalf Open(string halfPath, string half) =>
        File.Exists(halfPath) ? new OmniglotArchive(halfPath, half) : new OmniglotFolder(halfPath);

    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"omniglot {DecodingVersion}\n");
        foreach (string half in new[] { Background, Evaluation })
        {
            IEnumerable<FileInfo> files = File.Exists(half) ? [new FileInfo(half)] : OmniglotFolder.Files(half);
            foreach (FileInfo file in files.OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                Append(hash, string.Create(
                    CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));

    private static string? FindHalf(string folder, string half)
    {
        string archive = Path.Combine(folder, $"{half}.zip");
        string unpacked = Path.Combine(folder, half);
        return File.Exists(archive) ? archive : Directory.Exists(unpacked) ? unpacked : null;
    }

    private static string Describe(string folder)
    {
        const int shown = 8;
        string[] names = [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            return "an empty folder";
        string more = names.Length > shown ? $" and {names.Length - shown} more" : "";
        return $"only {string.Join(", ", names.Take(shown))}{more}";
    }
}
