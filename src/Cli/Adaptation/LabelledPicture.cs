namespace Maml.Cluster.Cli.Adaptation;

/// <summary>A picture file.</summary>
/// <param name="Name">Its path within the folder that was named.</param>
/// <param name="Label">The sub-folder that it is in; null where it is in none.</param>
/// <param name="Bytes">A PNG file.</param>
internal sealed record LabelledPicture(string Name, string? Label, byte[] Bytes);
