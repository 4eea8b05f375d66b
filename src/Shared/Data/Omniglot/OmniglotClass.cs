namespace Maml.Cluster.Shared.Data;

/// <summary>One character: its name (<c>Greek/character03</c>) and its drawings in order.</summary>
internal sealed record OmniglotClass(IOmniglotHalf Half, string Name, IReadOnlyList<string> Entries);
