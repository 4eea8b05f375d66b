using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class VectorChecksumTests
{
    [Fact]
    public void Append_AnyLengthInAnyPieces_AgreesWithOneBitAfterTheOther()
    {
        const int seed = 7;
        var random = new Random(seed);
        for (int repeat = 0; repeat < 60; repeat++)
        {
            byte[] bytes = new byte[random.Next(0, 20_000)];
            random.NextBytes(bytes);
            uint state = VectorChecksum.Start;
            for (int from = 0; from < bytes.Length;)
            {
                int length = random.Next(1, bytes.Length - from + 1);
                state = VectorChecksum.Append(state, bytes.AsSpan(from, length));
                from += length;
            }

            VectorChecksum.Finish(state).ShouldBe(BitByBit(bytes), $"seed {seed}, repeat {repeat}, {bytes.Length} bytes");
        }
    }

    private static uint BitByBit(byte[] bytes)
    {
        const uint polynomial = 0x82f63b78;
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++) state = (state >> 1) ^ ((state & 1) != 0 ? polynomial : 0);
        }

        return ~state;
    }
}
