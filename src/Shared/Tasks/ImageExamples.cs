using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tasks;

/// <summary>Draws which images of a class a task learns from, and which it is asked about.</summary>
internal sealed class ImageExamples
{
    /// <summary>Quarter turns, each of which makes other classes of the same images.</summary>
    public const int Rotations = 4;

    private readonly int _examplesPerClass;
    private readonly int _shot;

    /// <param name="examplesPerClass">Images of every class; at most 256.</param>
    /// <param name="shot">Support examples a class.</param>
    public ImageExamples(int examplesPerClass, int shot)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(examplesPerClass, 256);
        _examplesPerClass = examplesPerClass;
        _shot = shot;
    }

    /// <summary>Draws for one class.</summary>
    public ImageClass Draw(int classIndex, int quarterTurns, int query, ref RandomStream random)
    {
        int[] examples = new int[_shot + query];
        random.NextDistinct(examples, _examplesPerClass);
        byte[] positions = Array.ConvertAll(examples, example => (byte)example);
        return new ImageClass(classIndex, quarterTurns, positions.AsMemory(0, _shot), positions.AsMemory(_shot));
    }
}
