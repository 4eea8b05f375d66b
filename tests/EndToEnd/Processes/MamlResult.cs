namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>How a command ended and what it printed.</summary>
internal sealed record MamlResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Fails the test with everything that was printed when the command did not end well.</summary>
    public MamlResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, $"{Output}\n{Errors}");
        return this;
    }
}
