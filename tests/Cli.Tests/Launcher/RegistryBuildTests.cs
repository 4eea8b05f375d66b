using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Launcher;

/// <summary>The sources with the real packages, wherever the registry serves them: on most machines nothing else compiles against those.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class RegistryBuildTests
{
    private const string Restore = """
        restore_from_registry || { cat "$state/registry.log" >&2; exit 0; }
        echo "restored: $(native_library_fault "${native_libraries[@]}")"
        """;

    // No build server stays behind, and intermediate files and outputs are the other way's neighbours, not the same.
    private const string Build = """
        export UseSharedCompilation=false
        dotnet build "$root/src/Cli" -c Release -p:MamlPackages=registry --no-restore --nologo -v:quiet -clp:NoSummary --disable-build-servers
        dotnet "$root/src/Cli/bin/registry/Release/net10.0/Maml.Cluster.Cli.dll" doctor || true
        """;

    [SkippableFact]
    public async Task Build_WithThePackagesOfTheRegistry_CompilesAndLoadsLibtorchWhereTheLauncherExpectsIt()
    {
        using var path = new TemporaryFolder();
        CommandResult restored = await LauncherProcess.RunFunctionHereAsync(path, Restore);
        Match unavailable = Unavailable().Match(restored.Errors);
        Skip.If(unavailable.Success, $"The registry does not serve every package: {unavailable.Value}");
        restored.Output.ShouldStartWith("restored: ", Case.Sensitive, restored.Errors);
        string fault = restored.Output["restored: ".Length..].Trim();

        CommandResult built = await LauncherProcess.RunFunctionHereAsync(path, Build);
        built.ExitCode.ShouldBe(0, built.Output + built.Errors);
        built.Output.ShouldContain(fault.Length == 0 ? "✓ libtorch" : "✗ libtorch: TorchSharp's native library cannot be loaded", Case.Sensitive, fault);
    }

    // No such package, no such version, no registry.
    [GeneratedRegex("NU(1101|1102|1103|1301): .*")]
    private static partial Regex Unavailable();
}
