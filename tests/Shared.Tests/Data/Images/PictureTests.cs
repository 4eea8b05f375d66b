using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Images;

public sealed class PictureTests
{
    [Fact]
    public void ToExample_PictureOfTheSize_IsItsInk()
    {
        float[] example = Picture.FromGrey(2, 2, [255, 0, 204, 255]).ToExample(2, brightInk: false);
        example.ShouldBe([0, 1, 51 / 255f, 0]);
        Picture.FromGrey(2, 2, [255, 0, 204, 255]).ToExample(2, brightInk: true).ShouldBe([1, 0, 204 / 255f, 1]);
    }

    [Fact]
    public void ToExample_LargerPicture_IsAveraged() =>
        Picture.FromGrey(2, 4, [0, 0, 255, 255, 0, 0, 255, 255]).ToExample(2, brightInk: true).ShouldBe(
            [0, 128 / 255f, 0, 128 / 255f], "on square black paper, with an empty row above and below");

    [Fact]
    public void ToExample_SmallerPicture_IsEnlargedWithoutInventing() =>
        Picture.FromGrey(1, 1, [0]).ToExample(3, brightInk: false).ShouldBe(Enumerable.Repeat(1f, 9));

    [Fact]
    public void ToExample_SmallAndOblong_IsCentred() =>
        Picture.FromGrey(3, 1, [0, 0, 0]).ToExample(3, brightInk: false).ShouldBe([0, 1, 0, 0, 1, 0, 0, 1, 0]);

    [Theory]
    [InlineData(0u, 5u)]
    [InlineData(2049u, 1u)]
    [InlineData(2u, 2u)]
    public void FromGrey_SizeThatCannotBe_SaysWhatWasFound(uint height, uint width) =>
        Should.Throw<DataSetException>(() => Picture.FromGrey(height, width, [1, 2, 3])).Message.ShouldContain("found");
}
