using Grpc.Core;
using Grpc.Net.Client;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class CredentialsTests
{
    private static readonly CallCredentials Text = Adds("x-text", "first");

    [Fact]
    public async Task CallCredentials_OnAnInsecureChannelThatAllowsThem_AddTheirHeaders()
    {
        await using EchoHost host = await EchoHost.StartAsync(client: new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Text),
            UnsafeUseInsecureChannelCallCredentials = true,
        });

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(new EchoRequest());

        (await call.ResponseHeadersAsync).GetValue("x-text-back").ShouldBe("first");
    }

    [Fact]
    public async Task CallCredentials_OfACall_AreAskedInTurn()
    {
        await using EchoHost host = await EchoHost.StartAsync(
            client: new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
        CallCredentials both = CallCredentials.Compose(Text, Adds("x-text", "second"));

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(new EchoRequest(), new CallOptions().WithCredentials(both));

        (await call.ResponseHeadersAsync).GetValue("x-text-back").ShouldNotBeNull().ShouldEndWith("second");
    }

    [Fact]
    public void CallCredentials_OnAnInsecureChannel_AreRefusedByDefault()
    {
        GrpcChannelOptions options = new() { Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Text) };

        Should.Throw<InvalidOperationException>(() => GrpcChannel.ForAddress("http://127.0.0.1:1", options));
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Create_OfComposedCredentials_IsRefused()
    {
        ChannelCredentials composed = ChannelCredentials.Create(ChannelCredentials.SecureSsl, Text);

        Should.Throw<ArgumentException>(() => ChannelCredentials.Create(composed, Text));
    }

    [Fact]
    public void Compose_OfOne_IsRefused() => Should.Throw<ArgumentException>(() => CallCredentials.Compose(Text));

    private static CallCredentials Adds(string key, string value) => CallCredentials.FromInterceptor((context, metadata) =>
    {
        context.MethodName.ShouldBe("Unary");
        context.ServiceUrl.ShouldEndWith("/maml.compat.tests.Echo");
        metadata.Add(key, value);
        return Task.CompletedTask;
    });
}
