namespace Maml.Cluster.Shared.Parameters;

/// <summary>What the header says of one tensor; offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, SafetensorsElementType ElementType, long[] Shape, long Begin, long End);
