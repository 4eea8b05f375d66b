using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Maml.Cluster.Tests.Surface;

namespace Maml.Cluster.Compat.Tests.Prometheus.Comparison;

/// <summary>The stand-in beside the real package, wherever the registry serves that.</summary>
public sealed partial class PackageComparisonTests
{
    private const string Package = "OpenTelemetry.Exporter.Prometheus.AspNetCore";

    private const string Program = """
        await Console.Out.WriteAsync(await Maml.Cluster.Compat.Tests.Prometheus.Comparison.ComparedPages.ReadAsync());
        """;

    [SkippableFact]
    public async Task Pages_OfTheSameMeter_AreThePackagesToTheByte()
    {
        string folder = Directory.CreateTempSubdirectory("maml-compared-").FullName;
        try
        {
            await WriteProjectAsync(folder);
            (int code, string output) = await RunAsync("dotnet", "build", folder, "-c", "Release", "-o", $"{folder}/out", "--nologo", "--disable-build-servers", "-clp:NoSummary");
            Match unavailable = Unavailable().Match(output);
            Skip.If(unavailable.Success, $"The registry does not serve the package: {unavailable.Value}");
            code.ShouldBe(0, output);
            (code, output) = await RunAsync("dotnet", $"{folder}/out/compared.dll");
            code.ShouldBe(0, output);
            output.ShouldContain("# TYPE maml_things_total counter");
            (await ComparedPages.ReadAsync()).ShouldBe(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteProjectAsync(string folder, [CallerFilePath] string here = "")
    {
        // Nothing of the repository's own build reaches there, so that its stand-ins are no part of it.
        await File.WriteAllTextAsync($"{folder}/Directory.Packages.props", "<Project />");
        await File.WriteAllTextAsync($"{folder}/Program.cs", Program);
        await File.WriteAllTextAsync($"{folder}/compared.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{Package}" Version="{VersionOf(Package)}" />
                <PackageReference Include="OpenTelemetry" Version="{VersionOf("OpenTelemetry")}" />
                <Compile Include="{Path.Combine(Path.GetDirectoryName(here)!, "ComparedPages.cs")}" />
              </ItemGroup>
            </Project>
            """);
    }

    private static string VersionOf(string package) => XDocument.Load(Path.Combine(SharedFolder.Repository, "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(version => (string?)version.Attribute("Include") == package).Attribute("Version")!.Value;

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    // No such package, no such version, no registry.
    [GeneratedRegex("NU(1101|1102|1103|1301): .*")]
    private static partial Regex Unavailable();
}
