using System.Text.RegularExpressions;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Docker;

/// <summary>The build stages of the Dockerfiles, carried out without a container engine: in an empty folder that holds what is copied, and nothing else.</summary>
public sealed partial class ImageBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maml-image-").FullName;

    [SkippableFact]
    public async Task Build_OfTheCoordinator_MakesAHostWithoutLibtorchThatChecksItsHealth()
    {
        await BuildAsync("coordinator");
        string[] files = [.. Directory.GetFiles(At("application"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))];
        files.ShouldNotContain(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Directory.GetFiles(At("application"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(64 << 20, "it is small");

        string check = Dockerfile.Load("coordinator").Final.Of("HEALTHCHECK").Single();
        string[] command = [.. Word().Matches(check[check.IndexOf("CMD", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];
        Command answer = await Command.RunAsync(command[0], [.. command[1..], "--monitoring:port=1"], folder: At("application"));
        answer.ExitCode.ShouldBe(1, answer.Output + answer.Errors);
        answer.Output.ShouldContain("No answer");
    }

    [SkippableFact]
    public async Task Build_OfAWorkerForProcessors_BringsTorchAndNothingForOtherMachines()
    {
        await BuildAsync("worker", "cpu");
        string[] files = [.. Directory.GetFiles(At("application"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(At("application"), file))];
        files.ShouldContain(file => file.EndsWith("libLibTorchSharp.so", StringComparison.Ordinal));
        files.ShouldContain(file => file.EndsWith("libtorch_cpu.so", StringComparison.Ordinal));
        files.ShouldNotContain(file => file.EndsWith(".dylib", StringComparison.Ordinal) || file.Contains("win-x64", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_OfAWorkerForNoDevice_SaysWhatToGive()
    {
        string check = Dockerfile.Load("worker").Build.Of("RUN").First();
        (await ShellAsync($"DEVICE=cuda; {check}", _folder)).ExitCode.ShouldBe(0);
        Command refused = await ShellAsync($"DEVICE=; {check}", _folder);
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("expected --build-arg DEVICE=cpu or DEVICE=cuda");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task BuildAsync(string name, string device = "")
    {
        Stage stage = Dockerfile.Load(name).Build;
        string source = Directory.CreateDirectory(At("source")).FullName;
        string environment = $"export DEVICE={device}; ";
        foreach (Instruction instruction in stage.Instructions)
        {
            switch (instruction.Name)
            {
                case "ENV":
                    environment += string.Concat(instruction.Text.Split(' ').Select(pair => $"export {pair}; "));
                    break;
                case "COPY":
                    string[] parts = instruction.Text.Split(' ');
                    foreach (string from in parts[..^1]) await ShellAsync($"mkdir -p '{parts[^1]}' && {CopyCommand(from, parts[^1])}", source);
                    break;
                case "RUN":
                    Command run = await ShellAsync(environment + instruction.Text.Replace("/application", At("application")), source);
                    Match unavailable = Unavailable().Match(run.Output + run.Errors);
                    Skip.If(unavailable.Success, $"The registry does not serve every package: {unavailable.Value}");
                    run.ExitCode.ShouldBe(0, run.Output + run.Errors);
                    break;
            }
        }
    }

    // A folder's content goes into the folder that is named, as COPY does it, less what the ignore file leaves out.
    private static string CopyCommand(string from, string to) => from.EndsWith('/')
        ? $"tar -C '{Repository.Root}/{from}' --exclude=bin --exclude=obj -cf - . | tar -C '{to}' -xf -"
        : $"cp '{Repository.Root}'/{from} '{to}'";

    private static Task<Command> ShellAsync(string script, string folder) =>
        Command.RunAsync("bash", ["-euo", "pipefail", "-c", "export UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1; " + script], folder: folder);

    private string At(string name) => Path.Combine(_folder, name);

    [GeneratedRegex("NU(1101|1102|1103|1301): .*")]
    private static partial Regex Unavailable();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Word();
}
