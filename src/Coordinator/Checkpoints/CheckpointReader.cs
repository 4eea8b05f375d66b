using System.Globalization;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>Reads and checks a checkpoint.</summary>
internal static class CheckpointReader
{
    /// <summary>Reads a file; nothing of it is used unless all of it holds.</summary>
    /// <exception cref="CheckpointException">It is not there, torn, altered or of another kind.</exception>
    public static Checkpoint Read(string path)
    {
        SafetensorsFile file = ReadFile(path);
        RequireFormat(file, path);
        RunConfiguration configuration = ReadConfiguration(file, path);
        ParameterLayout layout = CheckpointFormat.LayoutOf(configuration);
        float[] parameters = ReadVector(file, layout, "", path);
        string stored = Metadata(file, CheckpointFormat.HashKey, path);
        string hash = ParameterHash.Sha256(parameters);
        if (hash != stored) throw CheckpointException.Of(path, $"parameters with SHA-256 {hash}", $"{stored} as written in its metadata");

        return new Checkpoint(
            Metadata(file, CheckpointFormat.RunKey, path),
            configuration,
            ReadNumber(file, CheckpointFormat.IterationKey, path),
            ReadNumber(file, CheckpointFormat.OptimizerStepKey, path),
            parameters,
            ReadVector(file, layout, CheckpointFormat.FirstMomentPrefix, path),
            ReadVector(file, layout, CheckpointFormat.SecondMomentPrefix, path));
    }

    private static SafetensorsFile ReadFile(string path)
    {
        if (!File.Exists(path)) throw new CheckpointException($"{path}: found no such file, expected a checkpoint. Check the path.");
        try
        {
            return SafetensorsFile.Read(path);
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException(e.Message, e);
        }
    }

    private static void RequireFormat(SafetensorsFile file, string path)
    {
        string? format = file.Metadata.GetValueOrDefault(CheckpointFormat.FormatKey);
        if (format != CheckpointFormat.FormatName)
            throw CheckpointException.Of(path, format is null ? "no format in its metadata" : $"format '{format}'", $"'{CheckpointFormat.FormatName}'");
        string version = Metadata(file, CheckpointFormat.VersionKey, path);
        if (version != CheckpointFormat.FormatVersion)
            throw CheckpointException.Of(path, $"format version '{version}'", $"'{CheckpointFormat.FormatVersion}'");
    }

    private static RunConfiguration ReadConfiguration(SafetensorsFile file, string path)
    {
        try
        {
            return RunConfigurationFile.Parse(Metadata(file, CheckpointFormat.ConfigurationKey, path), $"The configuration in {path}");
        }
        catch (ConfigurationException e)
        {
            throw new CheckpointException(e.Message, e);
        }
    }

    private static float[] ReadVector(SafetensorsFile file, ParameterLayout layout, string prefix, string path)
    {
        float[] vector = new float[layout.Count];
        foreach (ParameterSpecification parameter in layout.Parameters)
        {
            string name = prefix + parameter.Name;
            string expected = $"F32 [{string.Join(", ", parameter.Shape)}] as the model in its configuration has it";
            if (file.Find(name) is not { } tensor) throw CheckpointException.Of(path, $"no tensor '{name}'", expected);
            if (tensor.ElementType != SafetensorsElementType.F32 || !tensor.Shape.SequenceEqual(parameter.Shape.Select(size => (long)size)))
                throw CheckpointException.Of(path, $"tensor '{name}' as {tensor.ElementType} [{string.Join(", ", tensor.Shape)}]", expected);
            tensor.ToSingles().CopyTo(vector, parameter.Offset);
        }

        return vector;
    }

    private static long ReadNumber(SafetensorsFile file, string key, string path)
    {
        string text = Metadata(file, key, path);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw CheckpointException.Of(path, $"'{text}' as {key}", "a whole number");
    }

    private static string Metadata(SafetensorsFile file, string key, string path) =>
        file.Metadata.GetValueOrDefault(key) ?? throw CheckpointException.Of(path, $"no {key} in its metadata", "one");
}
