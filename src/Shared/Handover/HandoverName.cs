using System.Globalization;

namespace Maml.Cluster.Shared.Handover;

/// <summary>What a message says of a vector in a file: which file, and what its stamp must be.</summary>
/// <param name="File">The file's number.</param>
/// <param name="Stamp">The vector's stamp; no other vector of the writer has it, and none has 0.</param>
internal readonly record struct HandoverName(int File, ulong Stamp)
{
    /// <summary>Bytes of a stamp, which follows the vector.</summary>
    public const int StampBytes = sizeof(ulong);

    /// <summary>Reads what a message says, which may be anything.</summary>
    /// <returns>Null for what is no name: nothing but two numbers is one, so that it can lead to no other place.</returns>
    public static HandoverName? TryParse(string text)
    {
        int line = text.IndexOf('-', StringComparison.Ordinal);
        return line > 0
            && int.TryParse(text.AsSpan(0, line), NumberStyles.None, CultureInfo.InvariantCulture, out int file)
            && ulong.TryParse(text.AsSpan(line + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong stamp)
            && stamp > 0
            ? new HandoverName(file, stamp)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}-{Stamp}");
}
