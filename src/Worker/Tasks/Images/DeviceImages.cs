using Maml.Cluster.Shared.Data;
using TorchSharp;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>
/// A data set's images on a device, as bytes and in all four quarter turns. Turned once: a chunk then selects rows, one operation for all of
/// its images, where turning after the selection would take four selections, four turns and a fifth to bring the images back into order.
/// </summary>
internal sealed class DeviceImages : IDisposable
{
    /// <summary>
    /// The most bytes that images may take in all four turns: 1 GiB, ten times Omniglot, and a sixteenth of a GPU of 16 GiB, whose memory is
    /// for the chunks. Half as much again is needed for a moment while they are turned.
    /// </summary>
    internal const long LargestBytes = 1L << 30;

    private const int Turns = 4;

    private static readonly float[] Ink = [255];

    private readonly torch.Tensor _table;
    private readonly torch.Tensor _ink;

    /// <summary>Copies and turns a data set's images.</summary>
    /// <param name="dataSet">The data set; its images are square.</param>
    /// <param name="device">Where to.</param>
    public DeviceImages(ImageDataSet dataSet, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        DataSet = dataSet;
        torch.Tensor upright = torch.tensor(dataSet.Pixels.ToArray(), [Count, dataSet.Height, dataSet.Width], torch.uint8, device);
        torch.Tensor table = torch.empty([Turns, Count, dataSet.Height, dataSet.Width], torch.uint8, device);
        for (int turns = 0; turns < Turns; turns++)
        {
            using torch.Tensor turned = Turn(upright, turns);
            table.select(0, turns).copy_(turned);
        }

        _ink = torch.tensor(Ink, torch.float32, device).DetachFromDisposeScope();
        _table = table.view(Turns * Count, dataSet.Height * dataSet.Width).DetachFromDisposeScope();
    }

    /// <summary>Whose images they are.</summary>
    public ImageDataSet DataSet { get; }

    private long Count => (long)DataSet.Classes * DataSet.ExamplesPerClass;

    /// <summary>Whether to draw a data set's images on a device. On the CPU there is no copy to save, and the host draws without operations of libtorch.</summary>
    /// <param name="device">The kind of device.</param>
    /// <param name="pixels">Pixels of the data set.</param>
    public static bool PayOn(DeviceType device, long pixels) => device == DeviceType.CUDA && pixels * Turns <= LargestBytes;

    /// <summary>The row of an image.</summary>
    /// <param name="class">Its class in the data set.</param>
    /// <param name="example">Its position within the class.</param>
    /// <param name="quarterTurns">Quarter turns counter-clockwise; taken modulo 4.</param>
    public long RowOf(int @class, int example, int quarterTurns) =>
        ((quarterTurns & 3) * Count) + ((long)@class * DataSet.ExamplesPerClass) + example;

    /// <summary>Images in [0, 1] with ink = 1, the same float32 as from <see cref="ImageRotation"/>.</summary>
    /// <param name="rows">Their rows, int64.</param>
    /// <returns>[images, pixels], in the dispose scope at hand.</returns>
    public torch.Tensor Select(torch.Tensor rows)
    {
        using torch.Tensor bytes = _table.index_select(0, rows);

        // By a number on the device: a number on the host is one that libtorch's GPU kernel multiplies by the reciprocal of, which is off
        // by a bit for some bytes. The division makes float32 of the bytes as it reads them.
        return bytes.div(_ink);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _table.Dispose();
        _ink.Dispose();
    }

    // Counter-clockwise, as ImageRotation turns. Dimensions 1 and 2 are rows and columns.
    private static torch.Tensor Turn(torch.Tensor images, int quarterTurns) => quarterTurns switch
    {
        0 => images.alias(),
        1 => images.transpose(1, 2).flip(1),
        2 => images.flip(1, 2),
        _ => images.flip(1).transpose(1, 2),
    };
}
