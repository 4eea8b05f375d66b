using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Loopback;

public sealed class StreamingCallTests
{
    [Fact]
    public async Task ServerStreaming_ReadToTheEnd_GivesEveryReplyInOrder()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        List<int> numbers = [];

        using AsyncServerStreamingCall<EchoReply> call = host.Client.ServerStreaming(new EchoRequest { Count = 100 });
        await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
            numbers.Add(reply.Count);

        numbers.ShouldBe(Enumerable.Range(0, 100));
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    [Fact]
    public async Task ServerStreaming_FailingAfterReplies_GivesThemFirst()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        int replies = 0;

        using AsyncServerStreamingCall<EchoReply> call = host.Client.ServerStreaming(
            new EchoRequest { Count = 3, FailWith = (int)StatusCode.DataLoss, Text = "after three" });
        RpcException exception = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
                replies++;
        });

        replies.ShouldBe(3);
        exception.Status.Detail.ShouldBe("after three");
    }

    [Fact]
    public async Task ClientStreaming_Completed_GivesOneReplyForAllRequests()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using AsyncClientStreamingCall<EchoRequest, EchoReply> call = host.Client.ClientStreaming();
        for (int number = 1; number <= 10; number++)
            await call.RequestStream.WriteAsync(new EchoRequest { Count = number });
        await call.RequestStream.CompleteAsync();

        (await call).Count.ShouldBe(55);
    }

    [Fact]
    public async Task DuplexStreaming_InTurns_AnswersEachRequestBeforeTheNext()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = host.Client.DuplexStreaming();
        for (int number = 0; number < 5; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Count = number });
            (await call.ResponseStream.MoveNext().WaitAsync(EchoHost.Patience)).ShouldBeTrue();
            call.ResponseStream.Current.Count.ShouldBe(number);
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext().WaitAsync(EchoHost.Patience)).ShouldBeFalse();
    }
}
