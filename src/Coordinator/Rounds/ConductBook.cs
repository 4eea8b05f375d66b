namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>How workers have behaved that are not attached, by name: nobody gets rid of strikes by dialling again.</summary>
internal sealed class ConductBook
{
    /// <summary>Names that are kept; the one that left first is forgotten first.</summary>
    public const int Capacity = 1024;

    private readonly OrderedDictionary<string, WorkerConduct> _away = [];

    /// <summary>What is known about a worker that joins.</summary>
    public WorkerConduct Take(string name) => _away.Remove(name, out WorkerConduct? conduct) ? conduct : new WorkerConduct(name);

    /// <summary>Remembers a worker that leaves, where there is anything to remember.</summary>
    public void Keep(WorkerConduct conduct)
    {
        if (conduct.IsClean) return;
        if (_away.Count == Capacity) _away.RemoveAt(0);
        _away.Add(conduct.Name, conduct);
    }
}
