namespace Maml.Cluster.Cli.Doctor;

/// <summary>Looks at one thing on this machine.</summary>
internal interface IDoctorCheck
{
    /// <summary>What is looked at.</summary>
    string Subject { get; }

    /// <summary>Looks. What keeps the check from looking comes as a finding, or as an exception.</summary>
    Task<Finding> RunAsync(CancellationToken cancellation);
}
