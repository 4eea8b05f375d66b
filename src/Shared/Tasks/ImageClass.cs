namespace Maml.Cluster.Shared.Tasks;

/// <summary>One class of an image task.</summary>
/// <param name="ClassIndex">Class in the data set, in its canonical order.</param>
/// <param name="QuarterTurns">Counter-clockwise rotation in quarter turns, 0 to 3.</param>
/// <param name="SupportExamples">Positions within the class of the support examples.</param>
/// <param name="QueryExamples">Positions within the class of the query examples; none is a support example too.</param>
public sealed record ImageClass(int ClassIndex, int QuarterTurns, ReadOnlyMemory<byte> SupportExamples, ReadOnlyMemory<byte> QueryExamples);
