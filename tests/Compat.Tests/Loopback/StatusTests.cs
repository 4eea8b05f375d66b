using System.Text;
using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class StatusTests
{
    public static TheoryData<StatusCode> Failures => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Unary_HandlerThrowsAStatus_ReachesTheClientWithTrailers(StatusCode code)
    {
        await using EchoHost host = await EchoHost.StartAsync();

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoRequest { FailWith = (int)code, Text = "ünder way" }));

        exception.StatusCode.ShouldBe(code);
        exception.Status.Detail.ShouldBe("ünder way");
        exception.Trailers.GetValue("x-reason").ShouldBe("asked for");
    }

    [Fact]
    public async Task Unary_HandlerThrowsSomethingElse_IsUnknownAndTellsNothing()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoRequest { Crash = true }));

        exception.StatusCode.ShouldBe(StatusCode.Unknown);
        exception.Status.Detail.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Unary_MethodThatTheServerLacks_IsUnimplemented()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        Marshaller<string> text = Marshallers.Create<string>(
            (value, context) => context.Complete(Encoding.UTF8.GetBytes(value)),
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));
        Method<string, string> method = new(MethodType.Unary, "maml.compat.tests.Echo", "Missing", text, text);

        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
            await host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "anyone?"));

        exception.StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task Unary_ServerIsGone_IsUnavailable()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        await host.StopServerAsync();

        RpcException exception = await Should.ThrowAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        exception.StatusCode.ShouldBe(StatusCode.Unavailable);
        exception.InnerException.ShouldBe(exception.Status.DebugException);
        exception.InnerException.ShouldNotBeNull();
    }
}
