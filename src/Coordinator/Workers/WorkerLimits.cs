using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>What may stand in a hello.</summary>
internal static class WorkerLimits
{
    /// <summary>Chunks that a worker may hold at once.</summary>
    public const uint Slots = 16;

    /// <summary>Chunks that the workers behind an aggregator may hold at once: 4096 workers of 16 each.</summary>
    public const uint AggregatorSlots = 65536;

    /// <summary>Characters of the text by which a worker is known again.</summary>
    public const int InstanceLength = 64;

    /// <summary>What is wrong with a hello; null when nothing is.</summary>
    public static string? FaultOf(Hello hello)
    {
        (uint least, uint most) = hello.Aggregator ? (0u, AggregatorSlots) : (1u, Slots);
        if (hello.ChunkSlots < least || hello.ChunkSlots > most) return $"hello.chunk_slots: found {hello.ChunkSlots}, expected {least} to {most}.";
        return hello.Instance.Length <= InstanceLength ? null : $"hello.instance: found {hello.Instance.Length} characters, expected at most {InstanceLength}.";
    }
}
