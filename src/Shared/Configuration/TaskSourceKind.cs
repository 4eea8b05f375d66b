namespace Maml.Cluster.Shared.Configuration;

/// <summary>Where tasks come from.</summary>
public enum TaskSourceKind
{
    /// <summary>Sine waves of random amplitude and phase (section 5.1 of the paper).</summary>
    Sinusoid,

    /// <summary>Random linear rules over uniform features.</summary>
    Logistic,

    /// <summary>Handwritten characters (Lake, Salakhutdinov, Tenenbaum, Science 2015).</summary>
    Omniglot,
}
