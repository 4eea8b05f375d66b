namespace Maml.Cluster.Coordinator.Workers;

/// <summary>What may stand in a hello.</summary>
internal static class WorkerLimits
{
    /// <summary>Chunks that a worker may hold at once.</summary>
    public const uint Slots = 16;

    /// <summary>Chunks that the workers behind an aggregator may hold at once: 4096 workers of 16 each.</summary>
    public const uint AggregatorSlots = 65536;

    /// <summary>What is wrong with the slots of a hello; null when nothing is.</summary>
    /// <param name="slots">What it says.</param>
    /// <param name="isAggregator">Who says it.</param>
    public static string? FaultOf(uint slots, bool isAggregator)
    {
        (uint least, uint most) = isAggregator ? (0u, AggregatorSlots) : (1u, Slots);
        return slots >= least && slots <= most ? null : $"hello.chunk_slots: found {slots}, expected {least} to {most}.";
    }
}
