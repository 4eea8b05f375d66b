using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>Says what is wrong with the options of retries, speculation and quarantine.</summary>
internal static class SchedulingOptionsChecks
{
    private const int MaximumCount = 1_000_000;
    private const double MaximumFactor = 1000;

    /// <summary>Adds one complete message for each fault.</summary>
    public static void Check(CoordinatorOptions options, List<string> faults)
    {
        RetryOptions retries = options.Retries;
        CheckDurations("Retries", (nameof(retries.FirstDelay), retries.FirstDelay), (nameof(retries.LongestDelay), retries.LongestDelay), faults);
        CheckCount("Retries.MaximumFailures", retries.MaximumFailures, least: 1, faults);

        SpeculationOptions speculation = options.Speculation;
        if (speculation.Factor is not (>= 1 and <= MaximumFactor))
            faults.Add($"Speculation.Factor: found {speculation.Factor}, expected 1 to {MaximumFactor}.");
        if (speculation.MaximumShare is not (> 0 and <= 1))
            faults.Add($"Speculation.MaximumShare: found {speculation.MaximumShare}, expected a share above 0 and at most 1; switch it off with Speculation.IsEnabled.");
        CoordinatorOptionsValidator.CheckDuration("Speculation.MinimumAge", speculation.MinimumAge, faults);
        CheckCount("Speculation.MaximumExtraLeases", speculation.MaximumExtraLeases, least: 1, faults);

        QuarantineOptions quarantine = options.Quarantine;
        CheckDurations(
            "Quarantine", (nameof(quarantine.FirstDuration), quarantine.FirstDuration), (nameof(quarantine.LongestDuration), quarantine.LongestDuration), faults);
        CheckCount("Quarantine.StrikeLimit", quarantine.StrikeLimit, least: 1, faults);
        CheckCount("Quarantine.ResultsPerStrike", quarantine.ResultsPerStrike, least: 1, faults);
    }

    private static void CheckDurations(string group, (string Name, TimeSpan Value) first, (string Name, TimeSpan Value) longest, List<string> faults)
    {
        CoordinatorOptionsValidator.CheckDuration($"{group}.{first.Name}", first.Value, faults);
        CoordinatorOptionsValidator.CheckDuration($"{group}.{longest.Name}", longest.Value, faults);
        if (longest.Value < first.Value)
            faults.Add($"{group}.{longest.Name}: found {longest.Value}, expected {group}.{first.Name} ({first.Value}) or more.");
    }

    private static void CheckCount(string name, int value, int least, List<string> faults)
    {
        if (value < least || value > MaximumCount) faults.Add($"{name}: found {value}, expected {least} to {MaximumCount}.");
    }
}
