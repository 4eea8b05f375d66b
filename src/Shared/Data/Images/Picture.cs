using System.Globalization;

namespace Maml.Cluster.Shared.Data;

/// <summary>
/// A picture that somebody brings along, made ready as those of a data set are: centred on square paper, shrunk by area average, ink
/// from 0 to 1.
/// </summary>
public sealed class Picture
{
    /// <summary>The most rows, and the most columns.</summary>
    public const int MaximumSide = PngHeader.MaximumSide;

    private readonly GreyImage _image;

    private Picture(GreyImage image) => _image = image;

    /// <summary>Pixels in all.</summary>
    public int Pixels => _image.Pixels.Length;

    /// <summary>Takes grey levels.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pixels">Row by row from the top: 0 is black, 255 is white.</param>
    /// <exception cref="DataSetException">A side is not from 1 to <see cref="MaximumSide"/>, or the pixels are not as many as that.</exception>
    public static Picture FromGrey(uint height, uint width, ReadOnlySpan<byte> pixels)
    {
        if (height is 0 or > MaximumSide || width is 0 or > MaximumSide)
            throw new DataSetException(string.Create(CultureInfo.InvariantCulture, $"found {height} × {width} pixels, expected 1 to {MaximumSide} a side"));
        return pixels.Length == height * width
            ? new Picture(new GreyImage((int)height, (int)width, pixels.ToArray()))
            : throw new DataSetException(string.Create(
                CultureInfo.InvariantCulture, $"found {pixels.Length} bytes of pixels, expected {height * width} for {height} × {width}, one each"));
    }

    /// <summary>Reads a PNG file of any colour type as grey levels.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="DataSetException">The bytes are no such file.</exception>
    public static Picture FromPng(ReadOnlySpan<byte> bytes, string name) => new(PngDecoder.Decode(bytes, name));

    /// <summary>The picture as a model takes it.</summary>
    /// <param name="side">Rows and columns that the model takes; 1 or more.</param>
    /// <param name="brightInk">Whether ink is bright and paper dark, and not the other way round as in drawings.</param>
    /// <returns>side² numbers from 0 (paper) to 1 (ink), row by row.</returns>
    public float[] ToExample(int side, bool brightInk)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        int longer = Math.Max(_image.Height, _image.Width);

        // A picture that is too small is first made larger by a whole number: a pixel becomes a square of its like, so nothing is invented.
        int factor = (side + longer - 1) / longer;
        byte[] square = OnPaper(longer, factor, brightInk);
        byte[] shrunk = new byte[side * side];
        new AreaAverage(longer * factor, side).Shrink(square, shrunk);
        return Array.ConvertAll(shrunk, grey => (brightInk ? grey : 255 - grey) / 255f);
    }

    private byte[] OnPaper(int longer, int factor, bool brightInk)
    {
        int size = longer * factor;
        byte[] square = new byte[size * size];
        if (!brightInk) Array.Fill(square, byte.MaxValue);
        int top = (longer - _image.Height) / 2 * factor, left = (longer - _image.Width) / 2 * factor;
        for (int y = 0; y < _image.Height * factor; y++)
        {
            ReadOnlySpan<byte> source = _image.Pixels.AsSpan(y / factor * _image.Width, _image.Width);
            Span<byte> target = square.AsSpan(((top + y) * size) + left, _image.Width * factor);
            for (int x = 0; x < target.Length; x++) target[x] = source[x / factor];
        }

        return square;
    }
}
