using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Images;

public sealed class ImageDataSetTests
{
    [Fact]
    public void GetImage_EachClassAndExample_IsItsOwnPixels()
    {
        ImageDataSet dataSet = Create();

        dataSet.GetImage(0, 0).ToArray().ShouldBe([0, 1, 2, 3, 4, 5]);
        dataSet.GetImage(1, 2).ToArray().ShouldBe([30, 31, 32, 33, 34, 35]);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    public void GetImage_Outside_Throws(int @class, int example) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Create().GetImage(@class, example).Length);

    [Fact]
    public void Constructor_CallerChangesItsPixelsLater_DataSetStays()
    {
        byte[] pixels = [1, 2];
        var dataSet = new ImageDataSet("x", ["a"], 1, 1, 2, pixels);

        pixels[0] = 9;

        dataSet.GetImage(0, 0).ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Constructor_WrongNumberOfPixels_SaysBothNumbers()
    {
        var exception = Should.Throw<ArgumentException>(() => new ImageDataSet("x", ["a", "b"], 3, 2, 3, new byte[35]));

        exception.Message.ShouldContain("35 pixels, expected 36");
    }

    [Fact]
    public void ContentHash_AnyPartDiffers_Differs()
    {
        var pixels = new byte[4];
        string[] hashes =
        [
            new ImageDataSet("x", ["a"], 1, 2, 2, pixels).ContentHash,
            new ImageDataSet("y", ["a"], 1, 2, 2, pixels).ContentHash,
            new ImageDataSet("x", ["b"], 1, 2, 2, pixels).ContentHash,
            new ImageDataSet("x", ["a"], 2, 1, 2, pixels).ContentHash,
            new ImageDataSet("x", ["a"], 1, 1, 4, pixels).ContentHash,
            new ImageDataSet("x", ["a"], 1, 2, 2, [0, 0, 0, 1]).ContentHash,
        ];

        hashes.Distinct().Count().ShouldBe(hashes.Length);
        new ImageDataSet("x", ["a"], 1, 2, 2, pixels).ContentHash.ShouldBe(hashes[0]);
    }

    internal static ImageDataSet Create() =>
        new("small", ["Greek/character01", "Greek/character02"], 3, 2, 3, [.. Enumerable.Range(0, 36).Select(i => (byte)i)]);
}
