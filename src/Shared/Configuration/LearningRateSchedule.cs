namespace Maml.Cluster.Shared.Configuration;

/// <summary>How the outer learning rate changes over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>Half a cosine from the full rate down to zero at the last iteration (Loshchilov, Hutter, ICLR 2017, without restarts).</summary>
    Cosine,
}
