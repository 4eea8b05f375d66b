namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>Tests that need the real Omniglot: skipped visibly where it is missing, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OmniglotTheoryAttribute : TheoryAttribute
{
    public OmniglotTheoryAttribute() => Skip = new OmniglotFactAttribute().Skip;
}
