namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Cancels work some time after it was asked for, so that an iteration may end but not hang.</summary>
internal sealed class RunInterruption : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationTokenRegistration[] _registrations;

    /// <summary>Starts to listen.</summary>
    /// <param name="grace">Time that the work may still take.</param>
    /// <param name="atOnce">What leaves it none.</param>
    /// <param name="causes">What ends it after that time.</param>
    public RunInterruption(TimeSpan grace, CancellationToken atOnce, params ReadOnlySpan<CancellationToken> causes)
    {
        _registrations = new CancellationTokenRegistration[causes.Length + 1];
        _registrations[0] = atOnce.Register(_abandoned.Cancel);
        for (int i = 0; i < causes.Length; i++) _registrations[i + 1] = causes[i].Register(() => AbandonAfter(grace, atOnce));
    }

    /// <summary>Cancelled when the work shall be given up.</summary>
    public CancellationToken Token => _abandoned.Token;

    private void AbandonAfter(TimeSpan grace, CancellationToken atOnce)
    {
        if (!atOnce.IsCancellationRequested) _abandoned.CancelAfter(grace);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CancellationTokenRegistration registration in _registrations) registration.Dispose();
        _abandoned.Dispose();
    }
}
