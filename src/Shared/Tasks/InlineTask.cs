namespace Maml.Cluster.Shared.Tasks;

/// <summary>A task whose examples are at hand, and not drawn.</summary>
/// <param name="Index">Position in the chunk, from 0.</param>
/// <param name="SupportInputs">Support examples one after the other, as the model takes them.</param>
/// <param name="SupportLabels">One number for each: the position of its label, or the number to regress.</param>
/// <param name="QueryInputs">Query examples one after the other, as the model takes them.</param>
public sealed record InlineTask(int Index, float[] SupportInputs, float[] SupportLabels, float[] QueryInputs) : TaskDescriptor(Index);
