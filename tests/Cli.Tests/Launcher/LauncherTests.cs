using System.Runtime.Versioning;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Launcher;

/// <summary>The launcher in machines that lack something, played by a PATH with little on it.</summary>
[SupportedOSPlatform("linux")]
public sealed class LauncherTests
{
    [Fact]
    public async Task Start_WithoutDotnet_PrintsTheCommandThatMendsIt()
    {
        using var path = new TemporaryFolder();
        CommandResult result = await LauncherProcess.RunAsync(path.Path, "train", "sinusoid");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain("there is no `dotnet`");
        result.Errors.ShouldContain("dotnet-install.sh");
    }

    [Fact]
    public async Task Require_OtherSdkThanTen_PrintsWhatWasFound()
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dotnet", "[ \"$1\" = --list-sdks ] && { echo '8.0.100 [/somewhere]'; exit 0; }; exit 1");
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, "require_sdk");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("found: 8.0.100");
        result.Errors.ShouldContain("dotnet-install.sh");
    }

    [Fact]
    public async Task Require_SystemPackagesWithoutRootOrSudo_PrintsTheCommand()
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dpkg-query", "[ \"$4\" = g++ ] && printf 'install ok installed'");
        LauncherProcess.AddTool(path, "id", "echo 1000");
        LauncherProcess.AddTool(path, "sudo", "exit 1");
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, "require_system_packages g++ libtorch-dev");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("libtorch-dev");
        result.Errors.ShouldContain("apt-get install -y --no-install-recommends libtorch-dev");
        result.Errors.ShouldNotContain("g++ ");
    }

    [Fact]
    public async Task Require_NothingMissing_IsSilent()
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dpkg-query", "printf 'install ok installed'");
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, "require_system_packages cmake g++");
        result.ExitCode.ShouldBe(0);
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task PackageSource_EnvironmentVariable_WinsOverTheFile()
    {
        using var path = new TemporaryFolder();
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, "mkdir -p \"$state\"; echo compat > \"$state/packages\"; package_source; MamlPackages=registry package_source");
        result.Output.ShouldBe("compatregistry");
    }

    [Fact]
    public async Task IsFresh_SourceIsNewerThanTheBuild_IsNot()
    {
        using var path = new TemporaryFolder();
        const string Prepare = """
            root=$state/root; mkdir -p "$root/src/obj"; sources=(src)
            echo compat > "$state/packages"; mkdir -p "$(cli_folder)"; touch -d '-1 hour' "$root/src/a.cs"; touch "$(cli_assembly)"; build_inputs > "$(stamp_file)"
            touch -d '+1 hour' "$root/src/obj/b.cs"
            is_fresh && echo fresh; LIBTORCH=/other is_fresh || echo other-libtorch; touch -d '+1 hour' "$root/src/a.cs"; is_fresh || echo stale
            """;
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, Prepare);
        result.Output.ReplaceLineEndings("\n").ShouldBe("fresh\nother-libtorch\nstale\n", result.Errors);
    }

    [Theory]
    [InlineData("5 5 5 0", 0, "10 passed, 0 failed", 0)]
    [InlineData("5 4 3 1", 1, "6 passed, 2 failed, 2 skipped", 1)]
    [InlineData("0 0 0 0", 0, "0 passed, 0 failed", 1)]
    [InlineData("3 3 3 0", 134, "6 passed, 2 failed", 1)]
    public async Task RunTests_TwoProjects_AddsUpWhatTheyReport(string counts, int testExitCode, string lastLine, int exitCode)
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dotnet", $"""
            set -- $(printf '%s\n' "$@" | sed -n 's/^trx;LogFileName=//p') {counts}
            printf '<Counters total="%s" executed="%s" passed="%s" failed="%s" error="0" />' $2 $3 $4 $5 > "{path.Path}/state/TestResults/$1"
            exit {testExitCode}
            """);
        const string Run = """
            root=$state; for name in A B; do mkdir -p "$root/tests/$name"; : > "$root/tests/$name/$name.csproj"; done
            build_for_tests() { :; }
            rm() { command rm "$@"; mkdir -p "$state/TestResults"; }
            run_tests
            """;
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, Run);
        result.Output.TrimEnd().Split('\n')[^1].ShouldBe(lastLine, result.Errors);
        result.ExitCode.ShouldBe(exitCode);
    }
}
