namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>One of a patch's three rows of pixels, which lie side by side in the image; in elements.</summary>
/// <param name="InRow">Where it begins in the matrix of patches.</param>
/// <param name="InImage">Where the part within the image begins there.</param>
/// <param name="Before">Elements left of the image.</param>
/// <param name="Length">Elements within.</param>
/// <param name="After">Elements right of it.</param>
internal readonly record struct PatchStretch(int InRow, int InImage, int Before, int Length, int After);
