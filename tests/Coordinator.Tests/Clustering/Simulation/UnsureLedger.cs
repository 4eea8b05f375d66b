using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>A coordinator's connection to the ledger: what is asked arrives late or never, and so does the answer. Who waits may have given up by then.</summary>
internal sealed class UnsureLedger(MemoryLedger ledger) : IRunLedger
{
    private readonly List<Call> _calls = [];

    /// <summary>Calls that are under way.</summary>
    public int Pending => _calls.Count;

    /// <summary>Lets something happen to one of the calls.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="loss">How likely it is that a question or an answer gets lost.</param>
    public void Step(Random random, double loss)
    {
        if (_calls.Count == 0) return;
        Call call = _calls[random.Next(_calls.Count)];
        if (random.NextDouble() < loss)
        {
            // The one who asked hears of a broken connection, whether the ledger has acted or not.
            call.Fail();
            _calls.Remove(call);
        }
        else if (!call.IsDone)
        {
            call.Do();
        }
        else
        {
            call.Answer();
            _calls.Remove(call);
        }
    }

    public Task<RunClaim?> CreateAsync(
        string runId, ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> record, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken) =>
        AskAsync(() => ledger.CreateAsync(runId, configuration, record, owner, lease, default), cancellationToken);

    public Task<LedgerEntry?> FindAsync(string runId, CancellationToken cancellationToken) => AskAsync(() => ledger.FindAsync(runId, default), cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> ListAsync(CancellationToken cancellationToken) => AskAsync(() => ledger.ListAsync(default), cancellationToken);

    public Task<IReadOnlyList<string>> ListAdriftAsync(TimeSpan age, CancellationToken cancellationToken) =>
        AskAsync(() => ledger.ListAdriftAsync(age, default), cancellationToken);

    public Task<IReadOnlyList<LedgerOwner>> ListOwnersAsync(CancellationToken cancellationToken) =>
        AskAsync(() => ledger.ListOwnersAsync(default), cancellationToken);

    public Task<RunClaim?> ClaimAsync(string runId, long expectedEpoch, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken) =>
        AskAsync(() => ledger.ClaimAsync(runId, expectedEpoch, owner, lease, default), cancellationToken);

    public Task<IReadOnlyCollection<RunClaim>> RenewAsync(IReadOnlyCollection<RunClaim> claims, TimeSpan lease, CancellationToken cancellationToken) =>
        AskAsync(() => ledger.RenewAsync(claims, lease, default), cancellationToken);

    public Task ReleaseAsync(RunClaim claim, CancellationToken cancellationToken) => AskAsync(
        () =>
        {
            _ = ledger.ReleaseAsync(claim, default);
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task DeleteAsync(RunClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException("No simulated run fails to come to life.");

    private Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>();
        Task<T>? done = null;
        _calls.Add(new Call(
            () => done is not null,
            () => done = ask(),
            () => answer.TrySetResult(done!.Result),
            () => answer.TrySetException(new IOException("The connection is broken."))));
        cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return answer.Task;
    }

    private sealed class Call(Func<bool> isDone, Action act, Action answer, Action fail)
    {
        public bool IsDone => isDone();

        public void Do() => act();

        public void Answer() => answer();

        public void Fail() => fail();
    }
}
