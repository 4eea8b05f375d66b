namespace Maml.Cluster.Shared.Data;

/// <summary>CRC-32 as each PNG chunk carries it (polynomial 0xEDB88320, ISO 3309).</summary>
public static class PngChecksum
{
    private static readonly uint[] Table = BuildTable();

    /// <summary>The checksum of a chunk's type and data.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
            table[i] = remainder;
        }

        return table;
    }
}
