namespace Maml.Cluster.Deploy.Tests.Docker;

/// <summary>One instruction, its continued lines joined.</summary>
/// <param name="Name">Such as <c>RUN</c>.</param>
/// <param name="Text">What follows.</param>
internal sealed record Instruction(string Name, string Text);
