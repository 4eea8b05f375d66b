using System.Runtime.Versioning;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Launcher;

/// <summary>Where packages come from, on machines and with registries that are played by scripts.</summary>
[SupportedOSPlatform("linux")]
public sealed class PackageSourceTests
{
    private const string Refused = """
        printf '%s\n' "$1: {0}/libstdc++.so.6: version \`GLIBCXX_3.4.32' not found (required by $1)" >&2
        echo '	libstdc++.so.6 => {0}/libstdc++.so.6 (0x0)'
        """;

    [Fact]
    public async Task Require_RegistryLacksAPackage_TakesTheStandIns()
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dotnet", "echo 'error NU1101: no such package'; exit 1");
        (string answer, string errors) = await RequireAsync(path);
        answer.ShouldBe("compat");
        errors.ShouldContain("it does not: the stand-ins");
    }

    [Fact]
    public async Task Require_LibraryLoads_TakesTheRegistry()
    {
        using var path = Serving("libtorch.so", "libLibTorchSharp.so");
        LauncherProcess.AddTool(path, "ldd", "echo \"	libtorch.so => $LD_LIBRARY_PATH/libtorch.so (0x0)\"");
        (string answer, string errors) = await RequireAsync(path);
        answer.ShouldBe("registry", errors);
        errors.ShouldContain("it does: every package comes from there");
    }

    [Fact]
    public async Task Require_LibraryNeedsANewerCxxLibrary_TakesTheStandInsAndSaysWhatIsThereAndWhatIsNeeded()
    {
        using var path = Serving("libtorch.so", "libLibTorchSharp.so");
        File.WriteAllText(path.File("libstdc++.so.6"), "\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.29\0GLIBCXX_DEBUG_MESSAGE_LENGTH\0CXXABI_1.3.13\0");
        LauncherProcess.AddTool(path, "ldd", Refused.Replace("{0}", path.Path, StringComparison.Ordinal));
        (string answer, string errors) = await RequireAsync(path);
        answer.ShouldBe("compat");
        errors.ShouldContain($"libLibTorchSharp.so needs GLIBCXX_3.4.32, and {path.Path}/libstdc++.so.6 ends at GLIBCXX_3.4.30");
        errors.ShouldContain("a newer distribution");
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith("maml: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Require_LibraryNeedsOneThatIsAbsent_NamesIt()
    {
        using var path = Serving("libLibTorchSharp.so");
        LauncherProcess.AddTool(path, "ldd", "echo '	libgomp.so.1 => not found'");
        (string answer, string errors) = await RequireAsync(path);
        answer.ShouldBe("compat");
        errors.ShouldContain("libLibTorchSharp.so needs libgomp.so.1, which is not on this machine");
    }

    [Theory]
    [InlineData("", "echo 'not a dynamic executable'; exit 1", "is refused: not found: not a dynamic executable")]
    [InlineData("command() { [[ $2 != ldd ]] && builtin command \"$@\"; }", "", "there is no ldd on the PATH")]
    public async Task Require_CannotTell_TakesTheStandIns(string prepare, string ldd, string reason)
    {
        using var path = Serving("libLibTorchSharp.so");
        LauncherProcess.AddTool(path, "ldd", ldd);
        (string answer, string errors) = await RequireAsync(path, prepare);
        answer.ShouldBe("compat");
        errors.ShouldContain(reason);
    }

    [Fact]
    public async Task Require_NoLibraryForThisKindOfMachine_SaysSo()
    {
        using var path = Serving();
        LauncherProcess.AddTool(path, "uname", "echo Linux riscv64");
        (string answer, string errors) = await RequireAsync(path);
        answer.ShouldBe("compat");
        errors.ShouldContain("none for this kind of machine (Linux riscv64)");
    }

    [Fact]
    public async Task Require_AnswerIsKnown_AsksNobody()
    {
        using var path = new TemporaryFolder();
        LauncherProcess.AddTool(path, "dotnet", "echo asked >&2; exit 1");
        (string answer, string errors) = await RequireAsync(path, "echo registry > \"$state/packages\"");
        answer.ShouldBe("registry");
        errors.ShouldBeEmpty();
    }

    /// <summary>A registry that serves everything, and a package with these native libraries.</summary>
    private static TemporaryFolder Serving(params string[] libraries)
    {
        var path = new TemporaryFolder();
        string lines = string.Concat(libraries.Select(name => $"{path.File(name)}\n"));
        File.WriteAllText(path.File("libraries"), lines);
        LauncherProcess.AddTool(path, "dotnet", $"cp '{path.File("libraries")}' \"$(printf '%s\\n' \"$@\" | sed -n 's/^-p:MamlNativeLibraries=//p')\"");
        return path;
    }

    private static async Task<(string Answer, string Errors)> RequireAsync(TemporaryFolder path, string prepare = "")
    {
        CommandResult result = await LauncherProcess.RunFunctionAsync(path, $"{prepare}\nrequire_package_source\npackage_source");
        result.ExitCode.ShouldBe(0, result.Errors);
        return (result.Output, result.Errors);
    }
}
