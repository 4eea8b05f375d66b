namespace Maml.Cluster.Compat.Tests.TorchSharp.Scopes;

/// <summary>Tests that count the tensors of the whole process, and so must run while no other test makes any.</summary>
[CollectionDefinition(nameof(NativeMemory), DisableParallelization = true)]
#pragma warning disable CA1515 // xunit wants to see it.
public sealed class NativeMemory;
#pragma warning restore CA1515
