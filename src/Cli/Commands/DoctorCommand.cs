using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Doctor;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml doctor</c>: says what is installed, and what would mend what is not.</summary>
internal sealed class DoctorCommand : MamlCommand
{
    public DoctorCommand(Terminal terminal, CommandRunner runner)
        : base("doctor", "Looks at what training needs on this machine: a tick, or the command that mends it.", """
            maml doctor
            LIBTORCH=/opt/libtorch maml doctor      with a libtorch of your own
            """)
    {
        SetAction((_, cancellation) => runner.RunAsync(interrupt => RunAsync(terminal, interrupt), cancellation));
    }

    private static async Task<int> RunAsync(Terminal terminal, CancellationToken interrupt)
    {
        bool isBroken = false;
        await foreach (Finding finding in Examination.RunAsync(interrupt))
        {
            isBroken |= finding.Verdict == Verdict.Broken;
            await terminal.Output.WriteLineAsync($"{Mark(finding.Verdict)} {finding.Subject}: {finding.Detail}");
            if (finding.Remedy is { } remedy) await terminal.Output.WriteLineAsync($"    {remedy}");
            await terminal.Output.FlushAsync(interrupt);
        }

        return isBroken ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "✓",
        Verdict.Improvable => "–",
        _ => "✗",
    };
}
