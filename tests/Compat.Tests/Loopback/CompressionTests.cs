using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Unary_ServerCompresses_ReplyArrivesWhole(string encoding)
    {
        EncodingRecorder recorder = new();
        await using EchoHost host = await EchoHost.StartAsync(
            server =>
            {
                server.CompressionProviders =
                    [new DeflateCompressionProvider(CompressionLevel.Fastest), new GzipCompressionProvider(CompressionLevel.Fastest)];
                server.ResponseCompressionAlgorithm = encoding;
            },
            new GrpcChannelOptions { HttpHandler = recorder, DisposeHttpClient = true });

        EchoReply reply = await host.Client.UnaryAsync(new EchoRequest { Text = "smaller", PayloadSize = 100_000 });

        recorder.ResponseEncoding.ShouldBe(encoding);
        reply.Text.ShouldBe("smaller");
        reply.Payload.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task Unary_ClientCompresses_RequestArrivesWhole()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        EchoReply reply = await host.Client.UnaryAsync(
            new EchoRequest { Text = new string('x', 10_000) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        host.Log.RequestEncoding.ShouldBe("gzip");
        reply.Text.ShouldBe(new string('x', 10_000));
    }
}
