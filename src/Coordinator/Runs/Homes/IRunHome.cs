using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>
/// Where runs are kept, and who may work on them: a folder of this machine (<c>cluster.kind: local</c>), or the cluster's database with
/// a working copy in that folder (<c>orleans</c>). All that knows the difference is behind this.
/// </summary>
internal interface IRunHome
{
    /// <summary>Makes a place for a new run, with its configuration and its record, and takes it.</summary>
    /// <exception cref="IOException">The place cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    Task<IRunHold> CreateAsync(NewRun run, CancellationToken cancellationToken);

    /// <summary>Takes a run, with all that is kept of it in its folder.</summary>
    /// <param name="runId">The run; from a client.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when another has it.</returns>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="IOException">It cannot be reached or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    Task<IRunHold?> TryTakeAsync(string runId, CancellationToken cancellationToken);

    /// <summary>A run's folder with what is kept of it, to read from.</summary>
    /// <param name="runId">The run; from a client.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    Task<RunFolder> OpenAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Lets go of a new run that did not come to life, and removes all that was made for it. Never fails.</summary>
    Task AbandonAsync(IRunHold hold);
}
