namespace Maml.Cluster.Coordinator.Workers;

/// <summary>Names of workers.</summary>
internal static class WorkerNames
{
    /// <summary>Longest name that is kept; longer ones are cut.</summary>
    public const int MaximumLength = 64;

    /// <summary>Makes a name unique by a suffix: <c>worker</c>, <c>worker-2</c>, <c>worker-3</c>.</summary>
    /// <param name="wanted">The name that a worker asks for; <c>worker</c> where it asks for none.</param>
    /// <param name="isTaken">Whether another worker has a name.</param>
    public static string MakeUnique(string wanted, Func<string, bool> isTaken)
    {
        // Names end up in logs, where a line break or an escape sequence could forge an entry.
        string clean = string.Concat(wanted.Where(character => !char.IsControl(character)).Take(MaximumLength)).Trim();
        if (clean.Length == 0) clean = "worker";
        string name = clean;
        for (int suffix = 2; isTaken(name); suffix++) name = $"{clean}-{suffix}";
        return name;
    }
}
