using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Randomness;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>Tasks over small images of noise, drawn with every turn and with repetitions.</summary>
internal static class NoiseTasks
{
    public const int Classes = 6, Examples = 9, Way = 4;

    private const int Side = 7;

    public static readonly TaskShape Shape = new([1, Side, Side], Way);
    public static readonly ImageDataSet DataSet = Noise();

    public static ImageTask[] Draw(int count, int shot, int query, ulong seed)
    {
        var random = new RandomStream(seed, 0);
        var tasks = new ImageTask[count];
        for (int i = 0; i < count; i++)
        {
            var classes = new ImageClass[Way];
            for (int label = 0; label < Way; label++)
                classes[label] = new ImageClass(random.NextInteger(Classes), random.NextInteger(4), Positions(ref random, shot), Positions(ref random, query));
            tasks[i] = new ImageTask(i, classes);
        }

        return tasks;
    }

    private static byte[] Positions(ref RandomStream random, int count)
    {
        byte[] positions = new byte[count];
        foreach (ref byte position in positions.AsSpan()) position = (byte)random.NextInteger(Examples);
        return positions;
    }

    // Every byte is there, and no image is symmetric.
    private static ImageDataSet Noise()
    {
        byte[] pixels = new byte[Classes * Examples * Side * Side];
        var random = new RandomStream(8, 0);
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i < 256 ? (byte)i : (byte)random.NextInteger(256);
        return new ImageDataSet("noise", [.. Enumerable.Range(0, Classes).Select(i => $"class{i}")], Examples, Side, Side, pixels);
    }
}
