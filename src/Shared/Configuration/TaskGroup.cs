namespace Maml.Cluster.Shared.Configuration;

/// <summary>What the classes of one task have in common.</summary>
public enum TaskGroup
{
    /// <summary>Nothing: they are drawn from all classes of their side of the split, as in most publications.</summary>
    All,

    /// <summary>
    /// Their alphabet, as in Lake, Salakhutdinov, Tenenbaum (Science 2015). Harder, since characters of one alphabet resemble each
    /// other, and what a user's own task mostly is.
    /// </summary>
    Alphabet,
}
