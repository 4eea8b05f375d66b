namespace Maml.Cluster.Shared.Security;

/// <summary>Reads files that are small by nature.</summary>
internal static class SmallFile
{
    // A chain of certificates has a few thousand bytes, a thousand tokens less than a hundred thousand.
    private const int MaximumBytes = 1 << 20;

    /// <summary>The whole content.</summary>
    /// <exception cref="SecurityFileException">The file cannot be read, or is far larger than any that is meant.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] content = new byte[MaximumBytes + 1];
            int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length > MaximumBytes)
                throw new SecurityFileException($"'{path}': found more than {MaximumBytes} bytes, expected a small file of certificates, a key or tokens.");
            return content[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new SecurityFileException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
