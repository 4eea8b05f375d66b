namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

/// <summary>Tests that measure time, and so run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
