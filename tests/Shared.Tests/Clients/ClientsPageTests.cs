using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Tests.Clients;

/// <summary>The commands of docs/clients.md for those who speak gRPC themselves: what they name is there, and what they send is a request.</summary>
public sealed partial class ClientsPageTests
{
    private static readonly FileDescriptor[] Files =
    [
        RunsReflection.Descriptor, EvaluationsReflection.Descriptor, AdaptationReflection.Descriptor, DataSetsReflection.Descriptor, WorkerReflection.Descriptor,
        Protos.Health.V1.HealthReflection.Descriptor,
    ];

    [Fact]
    public void Commands_WithFiles_NameAFileThatHasTheServiceAndSendWhatItTakes()
    {
        string[] commands = [.. Commands().Where(command => command.Contains("-proto ", StringComparison.Ordinal))];
        commands.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (string command in commands)
        {
            string name = Proto().Match(command).Groups[1].Value;
            FileDescriptor file = Files.SingleOrDefault(file => file.Name == name).ShouldNotBeNull(command);
            File.Exists(Path.Combine(Repository, "protos", name)).ShouldBeTrue(command);
            command.ShouldContain("-import-path protos ");
            Match target = Target().Match(command);
            ServiceDescriptor service = file.Services.SingleOrDefault(service => service.FullName == target.Groups[1].Value).ShouldNotBeNull(command);
            if (command.Contains(" describe ", StringComparison.Ordinal)) continue;

            MethodDescriptor method = service.FindMethodByName(target.Groups[2].Value).ShouldNotBeNull(command);
            Match data = Data().Match(command);
            if (data.Success) Should.NotThrow(() => JsonParser.Default.Parse(data.Groups[1].Value, method.InputType), command);
        }
    }

    [Fact]
    public void Table_OfFiles_HasEveryMethodOfEveryService()
    {
        foreach (FileDescriptor file in Files)
        {
            string row = Page().Split('\n').Single(line => line.StartsWith($"| `{file.Name}` |", StringComparison.Ordinal));
            foreach (ServiceDescriptor service in file.Services)
            {
                row.ShouldContain(service.Name);
                foreach (MethodDescriptor method in service.Methods) row.ShouldContain($"`{method.Name}`");
            }
        }
    }

    private static string Repository { get; } = FindRepository();

    private static string Page() => File.ReadAllText(Path.Combine(Repository, "docs", "clients.md"));

    // One for each call; what goes on in the next line belongs to it.
    private static IEnumerable<string> Commands() => Page().Replace("\\\n", " ").Split('\n').Where(line => line.StartsWith("    grpcurl ", StringComparison.Ordinal));

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Maml.Cluster.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Maml.Cluster.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"-proto (\S+)")]
    private static partial Regex Proto();

    [GeneratedRegex(@"(\S+?)(?:/(\w+))?\s*$")]
    private static partial Regex Target();

    [GeneratedRegex(@"-d '([^']*)'")]
    private static partial Regex Data();
}
