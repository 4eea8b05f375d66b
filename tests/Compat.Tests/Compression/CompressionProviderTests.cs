using System.IO.Compression;
using Grpc.Net.Compression;

namespace Maml.Cluster.Compat.Tests.Compression;

public sealed class CompressionProviderTests
{
    public static TheoryData<ICompressionProvider> Providers =>
        [new GzipCompressionProvider(CompressionLevel.Optimal), new DeflateCompressionProvider(CompressionLevel.Optimal)];

    [Theory]
    [MemberData(nameof(Providers), DisableDiscoveryEnumeration = true)]
    public void CreateCompressionStream_Disposed_LeavesTheStreamOpenWithFewerBytes(ICompressionProvider provider)
    {
        byte[] original = new byte[10_000];
        using MemoryStream compressed = new();

        using (Stream stream = provider.CreateCompressionStream(compressed, null))
            stream.Write(original);

        compressed.CanRead.ShouldBeTrue();
        compressed.Length.ShouldBeInRange(1, 1_000);
        compressed.Position = 0;
        using MemoryStream decompressed = new();
        using (Stream stream = provider.CreateDecompressionStream(compressed))
            stream.CopyTo(decompressed);
        decompressed.ToArray().ShouldBe(original);
    }

    [Fact]
    public void CreateCompressionStream_OfDeflate_WritesTheZlibFormat()
    {
        using MemoryStream compressed = new();

        using (Stream stream = new DeflateCompressionProvider(CompressionLevel.Optimal).CreateCompressionStream(compressed, null))
            stream.Write([1, 2, 3]);

        // RFC 1950: the low half of the first byte is 8, and the first two bytes as one number are a multiple of 31.
        byte[] bytes = compressed.ToArray();
        (bytes[0] & 15).ShouldBe(8);
        (((bytes[0] << 8) + bytes[1]) % 31).ShouldBe(0);
    }
}
