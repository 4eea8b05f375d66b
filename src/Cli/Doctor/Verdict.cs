namespace Maml.Cluster.Cli.Doctor;

/// <summary>How well something is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Training works without it, slower or on fewer tasks.</summary>
    Improvable,

    /// <summary>Training cannot work.</summary>
    Broken,
}
