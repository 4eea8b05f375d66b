using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Images;

public sealed class ImageDataSetFormatTests
{
    private static readonly byte[] Written = Write(ImageDataSetTests.Create());

    [Fact]
    public void Read_WhatWriteWrote_IsTheSameDataSet()
    {
        ImageDataSet original = ImageDataSetTests.Create();

        ImageDataSet read = ImageDataSetFormat.Read(new MemoryStream(Written), "small");

        read.ContentHash.ShouldBe(original.ContentHash);
        read.Name.ShouldBe("small");
        read.ClassNames.ShouldBe(original.ClassNames);
        (read.Classes, read.ExamplesPerClass, read.Height, read.Width).ShouldBe((2, 3, 2, 3));
        read.GetImage(1, 1).ToArray().ShouldBe(original.GetImage(1, 1).ToArray());
        ImageDataSetFormat.LengthOf(original).ShouldBe(Written.Length);
    }

    [Fact]
    public void Write_End_IsTheContentHash() =>
        Convert.ToHexStringLower(Written[^32..]).ShouldBe(ImageDataSetTests.Create().ContentHash);

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        for (int length = 0; length < Written.Length; length++)
            Refused(Written[..length]).Message.ShouldStartWith("cache file: found ", Case.Sensitive, $"cut to {length} bytes");
    }

    [Fact]
    public void Read_AnyBitFlipped_IsRefused()
    {
        for (int bit = 0; bit < Written.Length * 8; bit++)
        {
            byte[] altered = [.. Written];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(altered).Message.ShouldStartWith("cache file: found ", Case.Sensitive, $"bit {bit}");
        }
    }

    [Fact]
    public void Read_HeaderThatClaimsGigabytes_IsRefusedBeforeTheyAreAllocated()
    {
        byte[] header = new ImageDataSetHeader("x", ["a"], int.MaxValue, int.MaxValue, int.MaxValue).ToBytes();

        Refused(header).Message.ShouldContain($"more than {ImageDataSetHeader.MaximumPixelBytes} pixels");
    }

    [Fact]
    public void Read_OtherFile_SaysWhatItExpects() =>
        Refused(new byte[100]).Message.ShouldContain("expected a decoded data set, which begins with 'MAMLIMGS'");

    private static DataSetException Refused(byte[] bytes) =>
        Should.Throw<DataSetException>(() => ImageDataSetFormat.Read(new MemoryStream(bytes), "cache file"));

    private static byte[] Write(ImageDataSet dataSet)
    {
        using var stream = new MemoryStream();
        ImageDataSetFormat.Write(dataSet, stream);
        return stream.ToArray();
    }
}
