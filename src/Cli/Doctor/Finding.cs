namespace Maml.Cluster.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Verdict">Good or not.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Detail">What was found there.</param>
/// <param name="Remedy">The command that mends it; null when nothing needs mending.</param>
internal sealed record Finding(Verdict Verdict, string Subject, string Detail, string? Remedy = null)
{
    public static Finding Good(string subject, string detail) => new(Verdict.Good, subject, detail);

    public static Finding Improvable(string subject, string detail, string remedy) => new(Verdict.Improvable, subject, detail, remedy);

    public static Finding Broken(string subject, string detail, string remedy) => new(Verdict.Broken, subject, detail, remedy);
}
