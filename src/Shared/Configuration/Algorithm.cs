namespace Maml.Cluster.Shared.Configuration;

/// <summary>A meta-learning algorithm (Finn, Abbeel, Levine, ICML 2017).</summary>
public enum Algorithm
{
    /// <summary>The meta-gradient runs through every inner step: second order.</summary>
    Maml,

    /// <summary>The query gradient at the adapted parameters is taken as the meta-gradient (section 5.2 of the paper).</summary>
    Fomaml,
}
