using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class UnaryCallTests
{
    [Fact]
    public async Task Unary_Awaited_GivesTheReplyAndOk()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(new EchoRequest { Text = "søt" });

        (await call).Text.ShouldBe("søt");
        call.GetStatus().ShouldBe(Status.DefaultSuccess);
    }

    [Fact]
    public async Task Unary_Blocking_GivesTheReply()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        EchoReply reply = await Task.Run(() => host.Client.Unary(new EchoRequest { Text = "blocking" }));

        reply.Text.ShouldBe("blocking");
    }

    [Fact]
    public async Task Unary_WithHeaders_CarriesTextAndBytesBothWays()
    {
        byte[] bytes = [0, 1, 127, 128, 255];
        await using EchoHost host = await EchoHost.StartAsync();

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(
            new EchoRequest(), new Metadata { { "X-Text", "some text" }, { "x-bytes-bin", bytes } });
        Metadata headers = await call.ResponseHeadersAsync.WaitAsync(EchoHost.Patience);
        await call;

        headers.GetValue("x-text-back").ShouldBe("some text");
        call.GetTrailers().GetValueBytes("x-bytes-back-bin").ShouldBe(bytes);
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Unary_OnAClientWithoutChannel_SaysWhatIsMissing()
    {
        Echo.EchoClient client = new ClientWithoutChannel();

        Should.Throw<InvalidOperationException>(() => client.UnaryAsync(new EchoRequest()))
            .Message.ShouldContain("/maml.compat.tests.Echo/Unary");
    }

    private sealed class ClientWithoutChannel : Echo.EchoClient;
}
