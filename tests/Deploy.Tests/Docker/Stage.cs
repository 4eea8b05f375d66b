namespace Maml.Cluster.Deploy.Tests.Docker;

/// <summary>One stage of a Dockerfile.</summary>
/// <param name="From">What follows FROM.</param>
/// <param name="Instructions">In order.</param>
internal sealed record Stage(string From, IList<Instruction> Instructions)
{
    public IEnumerable<string> Of(string name) => Instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Text);
}
