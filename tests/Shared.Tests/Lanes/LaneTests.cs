using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Lanes;

public sealed class LaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MoveNext_MessagesOfAnySizeBothWays_GivesThemInOrder()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using LanePair pair = await LanePair.ConnectAsync();
        IAsyncStreamReader<CoordinatorMessage> questions = pair.Worker.Read(new OpenCall<CoordinatorMessage>(), FrameMarshallers.OfCoordinator);
        IAsyncStreamReader<WorkerMessage> answers = pair.Coordinator.Read(new OpenCall<WorkerMessage>(), FrameMarshallers.OfWorker);
        byte[][] vectors = [.. Enumerable.Range(0, 300).Select(i => new byte[i % 100 == 0 ? 1 << 20 : random.Next(5000)])];
        foreach (byte[] vector in vectors) random.NextBytes(vector);

        Task asking = Task.Run(async () =>
        {
            for (int i = 0; i < vectors.Length; i++)
            {
                // Two of three wait for the third.
                pair.Coordinator.Writer.WriteOptions = new WriteOptions(i % 3 == 2 ? 0 : WriteFlags.BufferHint);
                await pair.Coordinator.Writer.WriteAsync(new CoordinatorMessage { Parameters = new VectorFrame { VectorId = (ulong)i, Data = ByteString.CopyFrom(vectors[i]) } });
            }
        });
        Task answering = Task.Run(async () =>
        {
            for (int i = 0; i < vectors.Length && await questions.MoveNext(default); i++)
                await pair.Worker.Writer.WriteAsync(new WorkerMessage { Gradient = questions.Current.Parameters });
        });
        for (int i = 0; i < vectors.Length; i++)
        {
            (await answers.MoveNext(default).WaitAsync(Patience)).ShouldBeTrue();
            answers.Current.Gradient.VectorId.ShouldBe((ulong)i, $"seed {seed}");
            answers.Current.Gradient.Data.Span.SequenceEqual(vectors[i]).ShouldBeTrue($"message {i} of {vectors[i].Length} bytes, seed {seed}");
        }

        await Task.WhenAll(asking, answering).WaitAsync(Patience);
    }

    [Fact]
    public async Task MoveNext_Message_IsHandledByTheThreadThatRead()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        IAsyncStreamReader<WorkerMessage> reader = pair.Coordinator.Read(new OpenCall<WorkerMessage>(), FrameMarshallers.OfWorker);
        Task<string?> handling = Task.Run(async () =>
        {
            await reader.MoveNext(default);
            return Thread.CurrentThread.Name;
        });
        await Task.Delay(50);
        await pair.Worker.Writer.WriteAsync(Heartbeat(1));
        (await handling.WaitAsync(Patience)).ShouldBe("lane test");
    }

    [Fact]
    public async Task MoveNext_OtherSideHasCompletedAndEndedItsCall_GivesTheRestAndThenTheEnd()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        var call = new OpenCall<WorkerMessage>();
        IAsyncStreamReader<WorkerMessage> reader = pair.Coordinator.Read(call, FrameMarshallers.OfWorker);
        for (ulong i = 1; i <= 3; i++) await pair.Worker.Writer.WriteAsync(Heartbeat(i));
        pair.Worker.Writer.Complete();
        call.EndWell();
        for (ulong i = 1; i <= 3; i++)
        {
            (await reader.MoveNext(default).WaitAsync(Patience)).ShouldBeTrue();
            reader.Current.Heartbeat.ResidentBytes.ShouldBe(i);
        }

        (await reader.MoveNext(default).WaitAsync(Patience)).ShouldBeFalse();
    }

    [Fact]
    public async Task MoveNext_CallBreaks_EndsTheLaneAndSaysWhy()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        var call = new OpenCall<WorkerMessage>();
        Task<bool> next = pair.Coordinator.Read(call, FrameMarshallers.OfWorker).MoveNext(default);
        call.Break(StatusCode.Unavailable, "the connection was cut");
        (await Should.ThrowAsync<RpcException>(next.WaitAsync(Patience))).Status.Detail.ShouldBe("the connection was cut");
    }

    [Fact]
    public async Task MoveNext_OtherSideIsGone_WaitsForWhatTheCallSaysOfIt()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        var call = new OpenCall<WorkerMessage>();
        Task<bool> next = pair.Coordinator.Read(call, FrameMarshallers.OfWorker).MoveNext(default);
        pair.Worker.Dispose();
        await Task.Delay(100);
        next.IsCompleted.ShouldBeFalse();
        call.Break(StatusCode.Cancelled, "the process was killed");
        (await Should.ThrowAsync<RpcException>(next.WaitAsync(Patience))).Status.Detail.ShouldBe("the process was killed");
    }

    [Fact]
    public async Task MoveNext_Cancelled_EndsAtOnce()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        using var cancelled = new CancellationTokenSource();
        Task<bool> next = pair.Coordinator.Read(new OpenCall<WorkerMessage>(), FrameMarshallers.OfWorker).MoveNext(cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0x7f }, StatusCode.ResourceExhausted, "at most 2097152 are allowed")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff }, StatusCode.ResourceExhausted, "at most 2097152 are allowed")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0x0a, 0x7f }, StatusCode.InvalidArgument, "no message")]
    public async Task MoveNext_WhatIsNoMessage_IsRefused(byte[] bytes, StatusCode status, string expected)
    {
        using HandoverWriter folder = HandoverWriter.TryCreate().ShouldNotBeNull();
        using LaneDoor door = LaneDoor.TryOpen(folder.Path).ShouldNotBeNull();
        using Socket read = Connect(folder), written = Connect(folder);
        using Lane<CoordinatorMessage, WorkerMessage> lane = await door.AdmitAsync<CoordinatorMessage, WorkerMessage>(
            new LaneOptions("test", LanePair.LargestMessage), CancellationToken.None);
        Task<bool> next = lane.Read(new OpenCall<CoordinatorMessage>(), FrameMarshallers.OfCoordinator).MoveNext(default);
        read.Send(bytes);
        RpcException fault = await Should.ThrowAsync<RpcException>(next.WaitAsync(Patience));
        fault.StatusCode.ShouldBe(status);
        fault.Status.Detail.ShouldContain(expected);
    }

    [Fact]
    public async Task WriteAsync_NobodyReads_WaitsWithoutAThreadUntilItIsCancelled()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        using var cancelled = new CancellationTokenSource();
        var message = new WorkerMessage { Gradient = new VectorFrame { Data = ByteString.CopyFrom(new byte[1 << 20]) } };
        Task write = Task.CompletedTask;
        for (int i = 0; i < 10 && write.IsCompleted; i++) write = pair.Worker.Writer.WriteAsync(message, cancelled.Token);
        write.IsCompleted.ShouldBeFalse();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(write.WaitAsync(Patience));
    }

    [Fact]
    public async Task WriteAsync_OtherSideIsGone_SaysSo()
    {
        using LanePair pair = await LanePair.ConnectAsync();
        pair.Coordinator.Dispose();
        IOException fault = await Should.ThrowAsync<IOException>(async () =>
        {
            for (int i = 0; i < 10; i++) await pair.Worker.Writer.WriteAsync(Heartbeat(1));
        });
        fault.Message.ShouldContain("The lane to the other process of this machine broke");
    }

    [Fact]
    public void TryKnock_NobodyListens_GivesNothing()
    {
        using HandoverWriter folder = HandoverWriter.TryCreate().ShouldNotBeNull();
        LaneDoor.TryKnock<WorkerMessage, CoordinatorMessage>(folder.Path, new LaneOptions("test", 1)).ShouldBeNull();
        LaneDoor.TryOpen(folder.Path).ShouldNotBeNull().Dispose();
        LaneDoor.TryKnock<WorkerMessage, CoordinatorMessage>(folder.Path, new LaneOptions("test", 1)).ShouldBeNull();
        Directory.GetFiles(folder.Path, "lane").ShouldBeEmpty();
    }

    [Fact]
    public void TryOpen_FolderThatIsNotThereOrTooLongForASocket_GivesNothing()
    {
        LaneDoor.TryOpen("/dev/shm/maml-none").ShouldBeNull();
        LaneDoor.TryOpen("/dev/shm/" + new string('x', 200)).ShouldBeNull();
    }

    private static WorkerMessage Heartbeat(ulong bytes) => new() { Heartbeat = new Heartbeat { ResidentBytes = bytes } };

    private static Socket Connect(HandoverWriter folder)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder.Path, "lane")));
        return socket;
    }
}
