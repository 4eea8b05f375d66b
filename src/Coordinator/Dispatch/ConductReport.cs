using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Makes known how workers behave.</summary>
/// <param name="metrics">Counts it.</param>
/// <param name="logger">Told of it.</param>
internal sealed class ConductReport(DispatchMetrics metrics, ILogger logger)
{
    /// <summary>Reports a command that asks for nothing else.</summary>
    public void Report(RoundCommand command)
    {
        switch (command)
        {
            case RoundCommand.Strike strike:
                metrics.Strike();
                logger.Strike(strike.Name, strike.Strikes, strike.Reason);
                break;
            case RoundCommand.Quarantine quarantine:
                metrics.Quarantined();
                logger.Quarantined(quarantine.Name, quarantine.Duration.TotalSeconds);
                break;
            case RoundCommand.Trial trial:
                if (trial.IsEarly) logger.OnTrialEarly(trial.Name);
                else logger.OnTrial(trial.Name);
                break;
            case RoundCommand.Trust trust:
                logger.Trusted(trust.Name);
                break;
            default:
                throw new ArgumentException($"There is no such command as {command.GetType().Name}.", nameof(command));
        }
    }
}
