using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Takeover;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>A coordinator of the simulation: the real claims and the real waker, over a ledger that is unsure and a run that only counts.</summary>
internal sealed class SimulatedCoordinator : ITakeOver
{
    private readonly RunClaims _claims;
    private readonly RunWaker _waker;
    private readonly ClusteringOptions _options = new();
    private readonly SimulatedTruth _truth;
    private HeldClaim? _held;
    private long _iteration;
    private bool _isLeaving;

    public SimulatedCoordinator(string id, double clockRate, SimulatedTruth truth, CoordinatorMeter meter)
    {
        (Id, ClockRate, _truth) = (id, clockRate, truth);
        Ledger = new UnsureLedger(truth.Ledger);
        var self = new CoordinatorIdentity(id, new Uri($"http://{id}:5100"));
        _claims = new RunClaims(Ledger, self, _options, new ClusterMetrics(meter), Time, NullLogger<RunClaims>.Instance);
        _waker = new RunWaker(Ledger, this, Time, NullLogger<RunWaker>.Instance);
        Pump.Do(() => _ = RenewAsync());
    }

    public string Id { get; }

    public double ClockRate { get; }

    public Pump Pump { get; } = new();

    public ManualTime Time { get; } = new();

    public UnsureLedger Ledger { get; }

    public bool IsHalted { get; set; }

    /// <summary>Time that has passed while it was halted, by its own clock.</summary>
    public TimeSpan Missed { get; set; }

    /// <summary>Whether it computes for the run.</summary>
    public bool IsAtWork => _held is { IsLost: false };

    public long Epoch => _held?.Claim.Epoch ?? 0;

    /// <summary>Lets a reminder or a client find the run here.</summary>
    public void Wake() => Pump.Do(() => _ = WakeAsync());

    /// <summary>Lets the run do an iteration, with a checkpoint.</summary>
    /// <param name="isWriteLost">Whether the database is away.</param>
    public void Work(bool isWriteLost)
    {
        if (_held is not { IsLost: false } held || isWriteLost) return;
        Pump.Do(() => Keep(held, _iteration + 1));
    }

    /// <summary>Tries to write what a coordinator that was halted had in its hands.</summary>
    public void WriteLate()
    {
        if (_held is { } held) Pump.Do(() => Keep(held, _iteration + 1));
    }

    /// <summary>Leaves in order, as for a rolling update.</summary>
    public void Leave() => Pump.Do(() => _ = LeaveAsync());

    public bool IsHere(string runId) => _held is not null;

    public async Task<bool> TakeOverAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (_isLeaving || await _claims.TakeAsync(entry, cancellationToken) is not { } held) return false;

        try
        {
            // What the vault has is read after the claim, and takes its time.
            await Ledger.FindAsync(entry.RunId, cancellationToken);
        }
        catch
        {
            await _claims.ReleaseAsync(held);
            throw;
        }

        _iteration = _truth.Iteration;
        _held = held;
        held.WhenLost(() => _held = _held == held ? null : _held);
        return true;
    }

    public override string ToString() =>
        $"{Id}{(_isLeaving ? " leaves" : "")}{(IsAtWork ? $" works under epoch {Epoch}" : "")}, {Ledger.Pending} questions, {Time.Armed} timers";

    private void Keep(HeldClaim held, long iteration)
    {
        try
        {
            _truth.Write(held.Claim, iteration);
            _iteration = iteration;
            if (_truth.IsOver) Leave();
        }
        catch (StaleEpochException)
        {
            _claims.Refuse(held);
        }
    }

    private async Task WakeAsync()
    {
        try
        {
            await _waker.WakeAsync(SimulatedTruth.RunId, CancellationToken.None);
        }
        catch (IOException)
        {
            // The next reminder tries again.
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(_options.RenewInterval, Time);
            await _claims.RenewAsync(CancellationToken.None);
        }
    }

    private async Task LeaveAsync()
    {
        _isLeaving = !_truth.IsOver;
        if (_held is not { } held) return;
        _held = null;
        await _claims.ReleaseAsync(held);
    }
}
