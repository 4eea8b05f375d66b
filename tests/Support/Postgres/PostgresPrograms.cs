using System.Diagnostics;

namespace Maml.Cluster.Tests.Postgres;

/// <summary>The programs of an installed PostgreSQL, and how they are started: they refuse to be root.</summary>
internal static class PostgresPrograms
{
    public const string HowToInstall = "initdb and postgres are neither on the PATH nor below /usr/lib/postgresql; on Debian: apt-get install postgresql.";

    private const string DebianFolder = "/usr/lib/postgresql";
    private const string Unprivileged = "nobody";

    /// <summary>Where they are, of the newest version there is; null when there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>Why a test that needs them is left out; null where it is not, as in CI.</summary>
    public static string? WhyNot => Folder is null && Environment.GetEnvironmentVariable("CI") != "true" ? HowToInstall : null;

    /// <summary>Prepares the start of one as a user that is not root, in the place of the process that is started.</summary>
    public static ProcessStartInfo Prepare(string program, params string[] arguments)
    {
        string path = Path.Combine(Folder ?? throw new InvalidOperationException(HowToInstall), program);
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Unprivileged}", "--regid=nogroup", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
    }

    /// <summary>Lets them write to a folder.</summary>
    public static void GiveAway(string folder)
    {
        if (!Environment.IsPrivilegedProcess) return;
        using Process chown = Process.Start("chown", [Unprivileged, folder]);
        chown.WaitForExit();
        chown.ExitCode.ShouldBe(0);
    }

    private static IEnumerable<string> Candidates()
    {
        string[] versions = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [];
        return
        [
            .. versions.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0).Select(folder => Path.Combine(folder, "bin")),
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        ];
    }
}
