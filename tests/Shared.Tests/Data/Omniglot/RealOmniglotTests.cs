using System.Diagnostics;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Files;
using Xunit.Abstractions;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

[Collection(MeasuredAlone.Name)]
public sealed class RealOmniglotTests(DecodedOmniglot omniglot, ITestOutputHelper output) : IClassFixture<DecodedOmniglot>
{
    private const string ContentHash = "081ecdb7d0f74e1e56f025224f768715e956f33d46c166b78cbdf99c6e21b2eb";

    [OmniglotFact]
    public void Read_RealArchives_GivesEveryCharacterAndDrawing()
    {
        ImageDataSet dataSet = omniglot.DataSet;

        (dataSet.Classes, dataSet.ExamplesPerClass, dataSet.Height, dataSet.Width).ShouldBe((1623, 20, 28, 28));
        dataSet.ClassNames[0].ShouldBe("Alphabet_of_the_Magi/character01");
        dataSet.ClassNames[963].ShouldBe("Tifinagh/character55");
        dataSet.ClassNames[964].ShouldBe("Angelic/character01");
        dataSet.ClassNames[1622].ShouldBe("ULOG/character26");
    }

    [OmniglotFact]
    public void Read_RealArchives_GivesTheSameContentOnEveryMachine() => omniglot.DataSet.ContentHash.ShouldBe(ContentHash);

    [OmniglotFact]
    public void Read_RealArchives_TakesSecondsOfProcessorTime() =>
        omniglot.ProcessorTime.ShouldBeLessThan(TimeSpan.FromSeconds(30));

    [OmniglotFact]
    public void Read_RealArchives_HasAFewPercentOfInkInEveryDrawing()
    {
        double all = 0;
        for (int @class = 0; @class < 1623; @class++)
        {
            for (int example = 0; example < 20; example++)
            {
                double ink = InkOf(omniglot.DataSet.GetImage(@class, example));
                ink.ShouldBeInRange(0.002, 0.4, $"class {@class}, example {example}");
                all += ink / (1623 * 20);
            }
        }

        all.ShouldBeInRange(0.05, 0.10);
    }

    [OmniglotFact]
    public void Read_TheLetterH_StandsUprightAndUnmirrored()
    {
        int @class = omniglot.DataSet.ClassNames.ToList().IndexOf("Latin/character08");
        int topLeft = 0;
        int topRight = 0;
        int bottomRight = 0;
        for (int example = 0; example < 20; example++)
        {
            ReadOnlySpan<byte> image = omniglot.DataSet.GetImage(@class, example);
            (int left, int right, int top, int bottom) = BoundsOf(image);
            for (int y = top; y <= bottom; y++)
            {
                ReadOnlySpan<byte> row = image.Slice(y * 28, 28);
                if (example == 0)
                    output.WriteLine(string.Concat(row.ToArray().Select(p => " .:-=+*#%@"[p * 9 / 255])));
                for (int x = left; x <= right; x++)
                {
                    bool isLeft = 2 * x < left + right;
                    bool isTop = 3 * (y - top) < bottom - top;
                    topLeft += isTop && isLeft ? row[x] : 0;
                    topRight += isTop && !isLeft ? row[x] : 0;
                    bottomRight += !isTop && !isLeft ? row[x] : 0;
                }
            }
        }

        // The stem of an h reaches up on the left; its arch stays below on the right.
        topLeft.ShouldBeGreaterThan(2 * topRight);
        bottomRight.ShouldBeGreaterThan(2 * topRight);
    }

    [OmniglotFact]
    public void OpenOrDecode_SecondTime_TakesUnderTwoSeconds()
    {
        using var folder = new TemporaryFolder();
        new ImageDataSetCache(folder.Path).OpenOrDecode(new AlreadyDecoded(omniglot.DataSet));

        long start = Stopwatch.GetTimestamp();
        ImageDataSet warm = new ImageDataSetCache(folder.Path).OpenOrDecode(OmniglotData.Folder);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        output.WriteLine($"Cold {omniglot.ProcessorTime.TotalSeconds:f2} s of processor time, warm {elapsed.TotalSeconds:f3} s.");
        warm.ContentHash.ShouldBe(ContentHash);
        elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private static (int Left, int Right, int Top, int Bottom) BoundsOf(ReadOnlySpan<byte> image)
    {
        int[] inked = [.. image.ToArray().Index().Where(pixel => pixel.Item > 100).Select(pixel => pixel.Index)];
        return (inked.Min(i => i % 28), inked.Max(i => i % 28), inked.Min(i => i / 28), inked.Max(i => i / 28));
    }

    private static double InkOf(ReadOnlySpan<byte> image)
    {
        int sum = 0;
        foreach (byte pixel in image)
            sum += pixel;
        return sum / (255.0 * image.Length);
    }

    /// <summary>The real source as the cache sees it, without a second decoding.</summary>
    private sealed class AlreadyDecoded(ImageDataSet dataSet) : IImageDataSetSource
    {
        public string Fingerprint() => new OmniglotSource(OmniglotData.Folder).Fingerprint();

        public ImageDataSet Decode(CancellationToken cancellationToken) => dataSet;
    }
}
