using Maml.Cluster.Worker.Tasks.Images;

namespace Maml.Cluster.Worker.Tests.Tasks.Images;

public sealed class ImageRotationTests
{
    // 1 2
    // 3 4
    private static readonly byte[] Image = [51, 102, 153, 204];

    [Theory]
    [InlineData(0, new[] { 1, 2, 3, 4 })]
    [InlineData(1, new[] { 2, 4, 1, 3 })]
    [InlineData(2, new[] { 4, 3, 2, 1 })]
    [InlineData(3, new[] { 3, 1, 4, 2 })]
    [InlineData(4, new[] { 1, 2, 3, 4 })]
    public void Rotate_QuarterTurns_GoesCounterClockwise(int quarterTurns, int[] fifths)
    {
        float[] rotated = new float[4];
        ImageRotation.Rotate(Image, 2, quarterTurns, rotated);
        rotated.ShouldBe(fifths.Select(fifth => fifth / 5f), tolerance: 1e-6);
    }

    [Fact]
    public void Rotate_FourTimesOneQuarter_IsTheWhole()
    {
        byte[] image = [.. Enumerable.Range(0, 25).Select(i => (byte)(i * 10))];
        float[] expected = new float[25], rotated = new float[25];
        ImageRotation.Rotate(image, 5, 0, expected);
        byte[] turned = image;
        for (int turn = 0; turn < 4; turn++)
        {
            ImageRotation.Rotate(turned, 5, 1, rotated);
            turned = Array.ConvertAll(rotated, value => (byte)MathF.Round(value * 255));
        }

        rotated.ShouldBe(expected);
    }
}
