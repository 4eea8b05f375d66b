using System.Runtime.ExceptionServices;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Reads Omniglot (Lake, Salakhutdinov, Tenenbaum, Science 2015) as its authors lay it out. A drawing of 105 × 105 black or white
/// pixels becomes 28 × 28 grey levels, each the fraction of its area that is ink: an area average, which has no
/// window to choose and, in whole numbers, is the same on every machine.
/// </summary>
public static class OmniglotReader
{
    /// <summary>Rows and columns of a picture once read.</summary>
    public const int ImageSide = 28;

    /// <summary>
    /// Decodes all 1623 characters, 20 drawings each, with every core. <paramref name="path"/> is the folder that holds
    /// <c>images_background</c> and <c>images_evaluation</c>, each as a folder or as a <c>.zip</c> archive; an archive is preferred.
    /// </summary>
    /// <exception cref="DataSetException">Something is missing, torn, surplus or not a picture of the right size.</exception>
    public static ImageDataSet Read(string path, CancellationToken cancellationToken = default) =>
        Read(path, OmniglotLayout.Published, cancellationToken);

    internal static ImageDataSet Read(string path, OmniglotLayout layout, CancellationToken cancellationToken)
    {
        OmniglotLocation location = OmniglotLocation.Find(path);
        using IOmniglotHalf background = OmniglotLocation.Open(location.Background, OmniglotLayout.Background);
        using IOmniglotHalf evaluation = OmniglotLocation.Open(location.Evaluation, OmniglotLayout.Evaluation);
        IReadOnlyList<OmniglotClass> classes = OmniglotIndex.Build(background, evaluation, layout);

        var header = new ImageDataSetHeader(
            "omniglot", [.. classes.Select(c => c.Name)], layout.ExamplesPerClass, ImageSide, ImageSide);
        return ImageDataSet.Own(header, Decode(classes, layout, cancellationToken));
    }

    private static byte[] Decode(IReadOnlyList<OmniglotClass> classes, OmniglotLayout layout, CancellationToken cancellationToken)
    {
        const int size = ImageSide * ImageSide;
        var pixels = new byte[classes.Count * layout.ExamplesPerClass * size];
        var shrinker = new AreaAverage(layout.ImageSide, ImageSide);
        try
        {
            Parallel.For(0, classes.Count, new ParallelOptions { CancellationToken = cancellationToken }, @class =>
            {
                for (int example = 0; example < layout.ExamplesPerClass; example++)
                {
                    int start = ((@class * layout.ExamplesPerClass) + example) * size;
                    DecodeOne(classes[@class], example, layout.ImageSide, shrinker, pixels.AsSpan(start, size));
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DataSetException>().FirstOrDefault() is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return pixels;
    }

    private static void DecodeOne(OmniglotClass @class, int example, int side, AreaAverage shrinker, Span<byte> target)
    {
        string entry = @class.Entries[example];
        string file = $"{@class.Half.Path}, entry {entry}";
        GreyImage image = PngDecoder.Decode(@class.Half.Read(entry), file);
        if (image.Height != side || image.Width != side)
        {
            throw DataSetException.Of(
                file, $"a picture of {image.Width} × {image.Height} pixels", $"{side} × {side}", OmniglotLayout.Where);
        }

        // The authors draw black on white; learning wants ink as the signal and paper as zero.
        shrinker.Shrink(image.Pixels, target);
        for (int i = 0; i < target.Length; i++)
            target[i] = (byte)(255 - target[i]);
    }
}
