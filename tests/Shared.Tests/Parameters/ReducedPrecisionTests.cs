using System.Numerics;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class ReducedPrecisionTests
{
    // Not a multiple of any vector width, and more than one block.
    private const int Count = 9001;

    [Theory]
    [InlineData(GradientPrecision.BFloat16, 1f / (1 << 8))]
    [InlineData(GradientPrecision.Float16, 1f / (1 << 11))]
    public void Cut_ReducedPrecision_HasHalfTheBytesAndTheNearestValues(GradientPrecision precision, float relativeError)
    {
        float[] vector = Draw(3, exponents: 12);
        IReadOnlyList<VectorFrame> frames = VectorFraming.Cut("run", 1, vector, precision);
        frames.Sum(frame => frame.Data.Length).ShouldBe(2 * Count);
        float[] received = Assemble(frames, Count, precision);
        for (int i = 0; i < Count; i++) Math.Abs(received[i] - vector[i]).ShouldBeLessThanOrEqualTo(Math.Abs(vector[i]) * relativeError, $"element {i}");
    }

    [Theory]
    [InlineData(GradientPrecision.BFloat16)]
    [InlineData(GradientPrecision.Float16)]
    public void Cut_WhatHasBeenRounded_IsNotRoundedAgain(GradientPrecision precision)
    {
        float[] once = Assemble(VectorFraming.Cut("run", 1, Draw(4, exponents: 12), precision), Count, precision);
        Assemble(VectorFraming.Cut("run", 1, once, precision), Count, precision).ShouldBe(once);
    }

    [Fact]
    public void Cut_BFloat16_RoundsToTheNearestAndToEven()
    {
        // A last place of bfloat16 is 2^-7 at 1; halves of it go to the even neighbour.
        float[] vector = [1 + (1f / 256), 1 + (3f / 256), -(1 + (1f / 256)), 1 + (1f / 256) + (1f / 65536), 0, -0f];
        float[] received = Assemble(VectorFraming.Cut("run", 1, vector, GradientPrecision.BFloat16), vector.Length, GradientPrecision.BFloat16);
        received.ShouldBe([1, 1 + (2f / 128), -1, 1 + (1f / 128), 0, -0f]);
        float.IsNegative(received[5]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(3e38f)]
    [InlineData(1e-30f)]
    [InlineData(1e-44f)]
    public void Cut_Float16FarFromItsRange_IsScaledAndNothingOverflowsOrVanishes(float size)
    {
        float[] vector = [size, -size / 2, 0];
        float[] received = Assemble(VectorFraming.Cut("run", 1, vector, GradientPrecision.Float16), 3, GradientPrecision.Float16);
        for (int i = 0; i < vector.Length; i++) Math.Abs(received[i] - vector[i]).ShouldBeLessThanOrEqualTo(Math.Max(size / 2048, float.Epsilon));
    }

    [Theory]
    [InlineData(GradientPrecision.BFloat16)]
    [InlineData(GradientPrecision.Float16)]
    public void Cut_ValuesThatAreNotFinite_StaySo(GradientPrecision precision)
    {
        float[] vector = [.. Enumerable.Repeat(1f, 100), float.NaN, BitConverter.UInt32BitsToSingle(0x7fffffff), float.PositiveInfinity, float.NegativeInfinity, .. Enumerable.Repeat(1f, 100)];
        float[] received = Assemble(VectorFraming.Cut("run", 1, vector, precision), vector.Length, precision);
        received.Select(float.IsFinite).ShouldBe(vector.Select(float.IsFinite));
        float.IsNaN(received[100]).ShouldBeTrue();
        float.IsNaN(received[101]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(GradientPrecision.Float32, GradientPrecision.Float16)]
    [InlineData(GradientPrecision.BFloat16, GradientPrecision.Float16)]
    [InlineData(GradientPrecision.Float16, GradientPrecision.Float32)]
    public void Add_FrameOfAnotherPrecision_IsRefused(GradientPrecision sent, GradientPrecision expected)
    {
        VectorFrame frame = VectorFraming.Cut("run", 1, new float[4], sent).Single();
        Should.Throw<FormatException>(() => new VectorAssembler("run", 1, new float[4], expected).Add(frame)).Message.ShouldContain("is encoded as");
    }

    [Fact]
    public void Add_ScaleBeyondFloat32_IsRefused()
    {
        VectorFrame frame = VectorFraming.Cut("run", 1, new float[4], GradientPrecision.Float16).Single();
        frame.ScaleExponent = int.MinValue;
        Should.Throw<FormatException>(() => new VectorAssembler("run", 1, new float[4], GradientPrecision.Float16).Add(frame)).Message.ShouldContain("scale exponent");
    }

    private static float[] Assemble(IReadOnlyList<VectorFrame> frames, int count, GradientPrecision precision)
    {
        float[] received = new float[count];
        var assembler = new VectorAssembler("run", 1, received, precision);
        foreach (VectorFrame frame in frames) assembler.Add(frame);
        assembler.IsComplete.ShouldBeTrue();
        return received;
    }

    private static float[] Draw(int seed, int exponents)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => (random.NextSingle() - 0.5f) * MathF.ScaleB(1, -random.Next(exponents)))];
    }
}
