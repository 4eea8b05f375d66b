using Maml.Cluster.Protos.V1;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Sessions;

/// <summary>A worker between two coordinators, over real gRPC.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private readonly Problem _problem = new(Runs.Sinusoid, 3);
    private TestCoordinator _first = null!;
    private TestCoordinator _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestCoordinator.StartAsync();
        _second = await TestCoordinator.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Redirect_AtTheDoor_IsFollowedAtOnce()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment asked = await _first.Attachments.Reader.ReadAsync().AsTask().WaitAsync(Attachment.Patience);
        asked.Hello.Redirected.ShouldBeFalse();
        await asked.SendAsync(Redirect(_second));
        Attachment attached = await _second.AcceptAsync();
        attached.Hello.Redirected.ShouldBeTrue();
        attached.Hello.Instance.ShouldBe(asked.Hello.Instance);
        attached.Hello.Instance.ShouldNotBeEmpty();
        await ComputeAsync(attached);
    }

    [Fact]
    public async Task Redirect_WhileAttached_FinishesWhatIsHeldBefore()
    {
        await using var worker = new RunningWorker(_first.Address, options => options with { DrainTimeout = TimeSpan.FromMilliseconds(1) });
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1, ChunkPurpose.Adaptation, steps: 1000);
        await attachment.SendAsync(Redirect(_second));
        (await attachment.NextAsync())!.Draining.Reason.ShouldContain(_second.Address.Authority);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
        (await attachment.NextAsync()).ShouldBeNull();
        attachment.Close();
        await ComputeAsync(await _second.AcceptAsync());
    }

    [Fact]
    public async Task Redirect_ToWhereNobodyIs_ComesHome()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SendAsync(new() { Redirect = new() { Address = "http://127.0.0.1:9" } });
        (await attachment.NextAsync())!.Draining.ShouldNotBeNull();
        attachment.Close();
        Attachment again = await _first.AcceptAsync();
        again.Hello.Redirected.ShouldBeFalse();
        await ComputeAsync(again);
    }

    [Fact]
    public async Task Redirect_ThatMustNotBeFollowed_EndsTheStream()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SendAsync(new() { Redirect = new() { Address = "http://192.0.2.1:5100" } });
        await ComputeAsync(await _first.AcceptAsync());
    }

    [Fact]
    public async Task Redirect_ToAndFro_IsGivenUpAndTriedAgain()
    {
        await using var worker = new RunningWorker(_first.Address);
        for (int hop = 0; hop < 4; hop++)
        {
            Attachment asked = await (hop % 2 == 0 ? _first : _second).Attachments.Reader.ReadAsync().AsTask().WaitAsync(Attachment.Patience);
            await asked.SendAsync(Redirect(hop % 2 == 0 ? _second : _first));
        }

        Attachment attached = await _first.AcceptAsync();
        attached.Hello.Redirected.ShouldBeFalse();
        await ComputeAsync(attached);
    }

    [Fact]
    public async Task Stream_LostWhileOthersAreKnown_AnotherIsDialled()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SendAsync(new() { Coordinators = new() { Addresses = { _second.Address.OriginalString } } });
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1);
        await attachment.NextResultAsync();
        attachment.Close();
        await ComputeAsync(await _second.AcceptAsync());
    }

    [Fact]
    public async Task Attach_CoordinatorThatSaysNothing_IsLeftForAnother()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SendAsync(new() { Redirect = new() { Address = _second.Address.OriginalString } });
        (await attachment.NextAsync())!.Draining.ShouldNotBeNull();
        attachment.Close();

        // As one does whose process is halted: it takes the connection in.
        Attachment silent = await _second.Attachments.Reader.ReadAsync().AsTask().WaitAsync(Attachment.Patience);
        silent.Hello.Redirected.ShouldBeTrue();
        await ComputeAsync(await _first.AcceptAsync());
    }

    [Fact]
    public async Task Epoch_OlderThanSeenElsewhere_IsRefusedAndReported()
    {
        await using var worker = new RunningWorker(_first.Address);
        Attachment attachment = await _first.AcceptAsync();
        await attachment.SpecifyAsync(_problem, epoch: 3);
        await attachment.LeaseAsync(_problem, 1, change: chunk => chunk.Epoch = 3);
        await attachment.NextResultAsync();
        await attachment.SendAsync(Redirect(_second));
        (await attachment.NextAsync())!.Draining.ShouldNotBeNull();
        attachment.Close();

        Attachment stale = await _second.AcceptAsync();
        await stale.SpecifyAsync(_problem, epoch: 2);
        await stale.LeaseAsync(_problem, 1, change: chunk => chunk.Epoch = 2);
        StaleEpoch report = (await stale.NextAsync())!.StaleEpoch;
        (report.RunId, report.Epoch, report.Seen).ShouldBe(("run", 2ul, 3ul));
        (await stale.NextFailureAsync()).Reason.ShouldContain("epoch 2, but epoch 3 was seen");

        // Only that run is refused.
        await stale.SendAsync(new() { Forgotten = new() { RunId = "run" } });
        await stale.SpecifyAsync(_problem, epoch: 4);
        await stale.LeaseAsync(_problem, 2, change: chunk => chunk.Epoch = 4);
        (await stale.NextResultAsync()).Result.LeaseId.ShouldBe(2ul);
    }

    private static CoordinatorMessage Redirect(TestCoordinator target) =>
        new() { Redirect = new() { Address = target.Address.OriginalString, Reason = "it is needed there" } };

    private async Task ComputeAsync(Attachment attachment)
    {
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 7);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(7ul);
    }
}
