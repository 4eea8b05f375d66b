namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>How a simulated worker behaves.</summary>
internal enum SimulatedTemper
{
    /// <summary>Answers everything in time.</summary>
    Honest,

    /// <summary>Answers everything, often when its lease has ended.</summary>
    Slow,

    /// <summary>Fails everything, or answers nonsense.</summary>
    Failing,

    /// <summary>Shows that it lives and answers nothing.</summary>
    Hanging,

    /// <summary>Falls silent.</summary>
    Silent,

    /// <summary>Answers, fails, answers twice and answers leases that are not its own.</summary>
    Erratic,
}
