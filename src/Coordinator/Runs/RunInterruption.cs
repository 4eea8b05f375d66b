namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Cancels work some time after it was asked for, so that an iteration may end but not hang.</summary>
internal sealed class RunInterruption : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationTokenRegistration[] _registrations;

    /// <summary>Starts to listen.</summary>
    public RunInterruption(TimeSpan grace, params ReadOnlySpan<CancellationToken> causes)
    {
        _registrations = new CancellationTokenRegistration[causes.Length];
        for (int i = 0; i < causes.Length; i++) _registrations[i] = causes[i].Register(() => _abandoned.CancelAfter(grace));
    }

    /// <summary>Cancelled when the work shall be given up.</summary>
    public CancellationToken Token => _abandoned.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CancellationTokenRegistration registration in _registrations) registration.Dispose();
        _abandoned.Dispose();
    }
}
