using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>A data set like Omniglot in shape, of blobs that differ from class to class.</summary>
internal static class Pictures
{
    private const int Side = 28;

    public static ImageDataSet Create(int classes = 8, int examples = 20, ulong seed = 3)
    {
        byte[] pixels = new byte[classes * examples * Side * Side];
        var random = new RandomStream(seed, 0);
        for (int image = 0; image < classes * examples; image++)
        {
            Span<byte> target = pixels.AsSpan(image * Side * Side, Side * Side);
            for (int dot = 0; dot < 60; dot++)
            {
                int row = (random.NextInteger(12) + (image / examples * 5)) % Side;
                target[(row * Side) + random.NextInteger(Side)] = (byte)(128 + random.NextInteger(128));
            }
        }

        return new ImageDataSet("pictures", [.. Enumerable.Range(0, classes).Select(i => $"class{i}")], examples, Side, Side, pixels);
    }

    /// <summary>As a coordinator sends it.</summary>
    public static byte[] ToBytes(ImageDataSet dataSet)
    {
        using var stream = new MemoryStream();
        ImageDataSetFormat.Write(dataSet, stream);
        return stream.ToArray();
    }
}
