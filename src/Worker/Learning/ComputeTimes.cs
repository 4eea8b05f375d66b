namespace Maml.Cluster.Worker.Learning;

/// <summary>How long each phase of a meta-gradient took.</summary>
/// <param name="InnerSteps">As <see cref="ComputePhase.InnerSteps"/>.</param>
/// <param name="Query">As <see cref="ComputePhase.Query"/>.</param>
/// <param name="MetaGradient">As <see cref="ComputePhase.MetaGradient"/>.</param>
internal readonly record struct ComputeTimes(TimeSpan InnerSteps, TimeSpan Query, TimeSpan MetaGradient);
