using System.Numerics;
using System.Runtime.InteropServices;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>
/// CRC-32C (Castagnoli), piece by piece. The processor's instruction for it starts one word a cycle but waits three for the result, so long
/// pieces are computed as three streams, which are joined by what the polynomial makes of as many zeros.
/// </summary>
public static class VectorChecksum
{
    private const int StreamBytes = 1024;
    private const int WordsOfStream = StreamBytes / sizeof(ulong);
    private static readonly uint[][] AfterZeros = CreateAfterZeros();

    /// <summary>The state before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Takes more bytes in.</summary>
    /// <param name="state"><see cref="Start"/>, or what the bytes before have made of it.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 3 * StreamBytes; bytes = bytes[(3 * StreamBytes)..])
        {
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * StreamBytes)]);
            ReadOnlySpan<ulong> first = words[..WordsOfStream];
            ReadOnlySpan<ulong> second = words.Slice(WordsOfStream, WordsOfStream);
            ReadOnlySpan<ulong> third = words.Slice(2 * WordsOfStream, WordsOfStream);
            uint afterSecond = 0;
            uint afterThird = 0;
            for (int i = 0; i < first.Length; i++)
            {
                state = BitOperations.Crc32C(state, first[i]);
                afterSecond = BitOperations.Crc32C(afterSecond, second[i]);
                afterThird = BitOperations.Crc32C(afterThird, third[i]);
            }

            state = SkipZeros(SkipZeros(state) ^ afterSecond) ^ afterThird;
        }

        ReadOnlySpan<ulong> rest = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in rest) state = BitOperations.Crc32C(state, word);
        foreach (byte single in bytes[(rest.Length * sizeof(ulong))..]) state = BitOperations.Crc32C(state, single);
        return state;
    }

    /// <summary>The checksum, when the last byte is in.</summary>
    public static uint Finish(uint state) => ~state;

    private static uint SkipZeros(uint state) =>
        AfterZeros[0][state & 0xff] ^ AfterZeros[1][(state >> 8) & 0xff] ^ AfterZeros[2][(state >> 16) & 0xff] ^ AfterZeros[3][state >> 24];

    // What a stream's worth of zeros makes of a state is linear in its bits, so a table for each byte says it all.
    private static uint[][] CreateAfterZeros()
    {
        uint[] ofBit = new uint[32];
        for (int bit = 0; bit < ofBit.Length; bit++)
        {
            uint state = 1u << bit;
            for (int word = 0; word < WordsOfStream; word++) state = BitOperations.Crc32C(state, 0ul);
            ofBit[bit] = state;
        }

        uint[][] tables = new uint[4][];
        for (int position = 0; position < tables.Length; position++)
        {
            tables[position] = new uint[256];
            for (int value = 0; value < 256; value++)
                for (int bit = 0; bit < 8; bit++)
                    if ((value & (1 << bit)) != 0) tables[position][value] ^= ofBit[(8 * position) + bit];
        }

        return tables;
    }
}
