using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Coordinator.Tests.Runs.Storage;

public sealed class RunStorageTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private readonly LogSink _log = new();
    private readonly Run _run = new(new RunSnapshot
    {
        RunId = "r",
        Configuration = Configurations.Sinusoid(),
        Preset = "",
        Directory = "d",
        Started = DateTimeOffset.UnixEpoch,
    });

    [Fact]
    public void TryWrite_DiskIsFull_SaysSoInTheRunUntilItWorksAgain()
    {
        RunStorage storage = CreateStorage();
        storage.TryWrite("checkpoint", Full).ShouldBeFalse();
        _run.Snapshot.StorageFault.ShouldBe("Its checkpoint cannot be written: No space left on device.");
        storage.IsResting("checkpoint").ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        storage.IsResting("checkpoint").ShouldBeFalse();

        storage.TryWrite("checkpoint", () => { }).ShouldBeTrue();
        _run.Snapshot.StorageFault.ShouldBeEmpty();
        storage.IsResting("checkpoint").ShouldBeFalse();
        _log.Text.ShouldContain("could not write its checkpoint: No space left on device");
        _log.Text.ShouldContain("can write again");
    }

    [Fact]
    public void TryWrite_GoesOnFailing_RestsLongerUpToAMinute()
    {
        RunStorage storage = CreateStorage();
        foreach (int seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            storage.TryWrite("checkpoint", Full);
            _time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
            storage.IsResting("checkpoint").ShouldBeTrue($"{seconds}");
            _time.Advance(TimeSpan.FromSeconds(0.001));
            storage.IsResting("checkpoint").ShouldBeFalse($"{seconds}");
        }
    }

    [Fact]
    public void TryWrite_OneKindWorksWhereAnotherDoesNot_KeepsTheFaultOfTheOther()
    {
        RunStorage storage = CreateStorage();
        storage.TryWrite("checkpoint", Full);
        storage.TryWrite("record", () => { }).ShouldBeTrue("it is small enough for what is left");
        _run.Snapshot.StorageFault.ShouldStartWith("Its checkpoint");
        storage.IsResting("checkpoint").ShouldBeTrue();
        storage.IsResting("record").ShouldBeFalse();
        storage.NextAttempt.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WriteAsync_FailsTwice_IsWrittenAtTheThirdAttempt()
    {
        RunStorage storage = CreateStorage();
        int attempts = 0;
        Task<bool> writing = storage.WriteAsync("summary", () => { if (++attempts < 3) Full(); }, default);
        attempts.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        SpinWait.SpinUntil(() => attempts == 2 && _time.Armed == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await writing.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        attempts.ShouldBe(3);
    }

    [Fact]
    public async Task WriteAsync_GivenUp_TriesOnceMoreAndSaysWhetherItWorked()
    {
        using var giveUp = new CancellationTokenSource();
        RunStorage storage = CreateStorage();
        int attempts = 0;
        Task<bool> writing = storage.WriteAsync(
            "summary",
            () =>
            {
                attempts++;
                Full();
            },
            giveUp.Token);
        await giveUp.CancelAsync();
        (await writing.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeFalse();
        attempts.ShouldBe(2);
    }

    public void Dispose()
    {
        _run.Dispose();
        _meters.Dispose();
    }

    private static void Full() => throw new IOException("No space left on device");

    private RunStorage CreateStorage()
    {
        ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new RunStorage(_run, new StorageMetrics(new CoordinatorMeter(_meters)), _time, loggers.CreateLogger<RunStorage>());
    }
}
