namespace Maml.Cluster.Worker.Learning;

/// <summary>What a meta-learner does one after the other.</summary>
internal enum ComputePhase
{
    /// <summary>Forward pass, gradient and update on the support set.</summary>
    InnerSteps,

    /// <summary>Losses and accuracies on the query set, without their gradients.</summary>
    Query,

    /// <summary>The gradient of the last query loss, and the way back through the inner steps.</summary>
    MetaGradient,
}
