using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>
/// Holds a coordinator's start until its database answers: on a cluster both may have been started at the same time. One that has not
/// the tables is not waited for.
/// </summary>
internal sealed class DatabaseStart(Database database, TimeProvider time, ILogger<DatabaseStart> logger) : IHostedService
{
    /// <summary>A PostgreSQL that was killed needs some seconds to recover; whoever starts the coordinator wants to know after a minute.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (long began = time.GetTimestamp(); ;)
        {
            try
            {
                await DatabaseSchema.RequireAsync(database, cancellationToken);
                return;
            }
            catch (DatabaseSchemaException e)
            {
                throw new HostStartException(e.Message, e);
            }
            catch (DatabaseException e)
            {
                TimeSpan left = Limit - time.GetElapsedTime(began);
                if (left <= TimeSpan.Zero) throw new HostStartException($"{e.Message}. It was tried for {Limit.TotalSeconds:0} s.", e);
                logger.Awaited(e.Message, left.TotalSeconds);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
