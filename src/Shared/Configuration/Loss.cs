namespace Maml.Cluster.Shared.Configuration;

/// <summary>A loss; each is a mean over the elements of a support or query set.</summary>
public enum Loss
{
    /// <summary>Softmax cross-entropy over the ways; labels are class positions.</summary>
    CrossEntropy,

    /// <summary>Sigmoid cross-entropy on one logit; labels are 0 or 1.</summary>
    BinaryCrossEntropy,

    /// <summary>Mean squared error; labels are real numbers.</summary>
    Mse,
}
