namespace Maml.Cluster.Shared.Handover;

/// <summary>A message names a vector's file that is not there any more: whoever wrote it has moved on.</summary>
public sealed class VectorGoneException(string message) : FormatException(message);
