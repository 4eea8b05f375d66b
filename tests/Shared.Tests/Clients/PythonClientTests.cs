using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Clients;

/// <summary>The files of the Python client that are made from others: compared with those, or made anew where <c>clients/python/update</c> asks.</summary>
public sealed class PythonClientTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("MAML_UPDATE_PYTHON_CLIENT") == "1";

    private static readonly string Package = Path.Combine(FindRepository(), "clients", "python", "maml_cluster");

    [Fact]
    public void Contracts_AreThoseOfProtos()
    {
        var expected = new FileDescriptorSet();
        FileDescriptor[] roots = [RunsReflection.Descriptor, EvaluationsReflection.Descriptor, AdaptationReflection.Descriptor];
        foreach (FileDescriptor root in roots) Add(root, expected);
        string path = Path.Combine(Package, "contracts.binpb");
        if (Updates) File.WriteAllBytes(path, expected.ToByteArray());
        FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(path)).ShouldBe(expected, "run clients/python/update");
    }

    [Fact]
    public void Presets_AreThoseOfTheProgram()
    {
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());
        IEnumerable<string> entries = Presets.All.Select(preset =>
            $"\"{preset.Name}\": "
            + formatter.Format(RunConfigurationMessages.ToMessage(RunConfigurationFile.Parse(preset.Yaml, preset.Name))));
        string expected = $"{{\n{string.Join(",\n", entries)}\n}}\n".ReplaceLineEndings("\n");
        string path = Path.Combine(Package, "presets.json");
        if (Updates) File.WriteAllText(path, expected, new UTF8Encoding(false));
        File.ReadAllText(path).ShouldBe(expected, "run clients/python/update");
    }

    // What a file imports comes before it.
    private static void Add(FileDescriptor file, FileDescriptorSet set)
    {
        foreach (FileDescriptor dependency in file.Dependencies) Add(dependency, set);
        if (set.File.All(known => known.Name != file.Name)) set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Maml.Cluster.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Maml.Cluster.sln above {AppContext.BaseDirectory}.");
    }
}
