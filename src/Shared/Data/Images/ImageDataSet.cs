using System.Security.Cryptography;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Grey pictures of one size, the same number for each class, all in memory. Immutable, and safe to read from many threads.
/// Ink is 255 and paper is 0, so that a division by 255 gives [0, 1] with ink = 1.
/// </summary>
public sealed class ImageDataSet
{
    private readonly byte[] pixels;

    /// <summary>Copies <paramref name="pixels"/>, laid out as [class, example, row, column].</summary>
    /// <exception cref="ArgumentException">A count or size is below 1, or the number of pixels is not their product.</exception>
    public ImageDataSet(
        string name, IReadOnlyList<string> classNames, int examplesPerClass, int height, int width, ReadOnlySpan<byte> pixels)
        : this(new ImageDataSetHeader(name, [.. classNames], examplesPerClass, height, width), pixels.ToArray())
    {
    }

    private ImageDataSet(ImageDataSetHeader header, byte[] pixels)
    {
        if (header.Fault() is { } fault)
            throw new ArgumentException($"The header of data set '{header.Name}' is wrong: {fault}.", nameof(header));
        if (pixels.Length != header.PixelBytes)
            throw new ArgumentException($"Found {pixels.Length} pixels, expected {header.PixelBytes}: {header}.", nameof(pixels));

        Header = header;
        this.pixels = pixels;
        ContentHash = Hash(header, pixels);
    }

    /// <summary>Where the pictures are from, such as <c>omniglot</c>.</summary>
    public string Name => Header.Name;

    /// <summary>The name of each class, such as <c>Greek/character03</c>, in the order of the class numbers.</summary>
    public IReadOnlyList<string> ClassNames => Header.ClassNames;

    /// <summary>The number of classes.</summary>
    public int Classes => Header.ClassNames.Count;

    /// <summary>The number of pictures of each class.</summary>
    public int ExamplesPerClass => Header.ExamplesPerClass;

    /// <summary>Rows of a picture.</summary>
    public int Height => Header.Height;

    /// <summary>Columns of a picture.</summary>
    public int Width => Header.Width;

    /// <summary>
    /// SHA-256 in lowercase hex over the header (names, counts, sizes) and the pixels, as <see cref="ImageDataSetFormat"/> writes
    /// them. Two data sets with the same hash give the same tasks.
    /// </summary>
    public string ContentHash { get; }

    internal ImageDataSetHeader Header { get; }

    /// <summary>Every picture, laid out as [class, example, row, column].</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>One picture, row by row from the top, 0 (paper) to 255 (ink).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or example.</exception>
    public ReadOnlySpan<byte> GetImage(int @class, int example)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(@class);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(@class, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(example);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(example, ExamplesPerClass);
        int size = Height * Width;
        return pixels.AsSpan(((@class * ExamplesPerClass) + example) * size, size);
    }

    /// <summary>Keeps <paramref name="pixels"/> without a copy: the caller gives them away.</summary>
    internal static ImageDataSet Own(ImageDataSetHeader header, byte[] pixels) => new(header, pixels);

    private static string Hash(ImageDataSetHeader header, byte[] pixels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.ToBytes());
        hash.AppendData(pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
