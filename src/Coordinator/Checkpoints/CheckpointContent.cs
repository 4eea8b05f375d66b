using System.Globalization;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>What a file that is known to be whole holds.</summary>
internal sealed class CheckpointContent(SafetensorsFile file, string path)
{
    /// <summary>Reads everything, and checks that it fits together.</summary>
    /// <exception cref="CheckpointException">Something is missing, malformed, or of another model than the configuration says.</exception>
    public Checkpoint Read()
    {
        RunConfiguration configuration = ReadConfiguration();
        ParameterLayout layout = CheckpointFormat.LayoutOf(configuration);
        RequireTensors(layout);
        float[] parameters = Vector(layout, "");
        string stored = Text(CheckpointFormat.HashKey);
        string computed = ParameterHash.Sha256(parameters);
        if (computed != stored) throw CheckpointException.Of(path, $"parameters with SHA-256 {computed}", $"'{stored}' as its metadata say");

        return new Checkpoint(
            Text(CheckpointFormat.RunKey),
            configuration,
            Number(CheckpointFormat.IterationKey),
            Number(CheckpointFormat.OptimizerStepKey),
            parameters,
            Vector(layout, CheckpointFormat.FirstMomentPrefix),
            Vector(layout, CheckpointFormat.SecondMomentPrefix))
        {
            TrainingSeconds = Seconds(CheckpointFormat.TrainingSecondsKey),
            WallSeconds = Seconds(CheckpointFormat.WallSecondsKey),
        };
    }

    /// <summary>A whole number in the metadata, 0 or more.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public long Number(string key)
    {
        string text = Text(key);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw CheckpointException.Of(path, $"'{text}' as {key}", "a whole number");
    }

    private double Seconds(string key)
    {
        string text = Text(key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number >= 0
            ? number
            : throw CheckpointException.Of(path, $"'{text}' as {key}", "a number that is not negative");
    }

    private string Text(string key) =>
        file.Metadata.GetValueOrDefault(key) ?? throw CheckpointException.Of(path, $"no {key} in its metadata", "one");

    private RunConfiguration ReadConfiguration()
    {
        try
        {
            return RunConfigurationFile.Parse(Text(CheckpointFormat.ConfigurationKey), $"The configuration in {path}");
        }
        catch (ConfigurationException e)
        {
            throw new CheckpointException($"{e.Message}\nThe checkpoint cannot be used; choose another one.", e);
        }
    }

    // Before anything is allocated: the configuration may be of a larger model than the file could ever hold.
    private void RequireTensors(ParameterLayout layout)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (string prefix in new[] { "", CheckpointFormat.FirstMomentPrefix, CheckpointFormat.SecondMomentPrefix })
        {
            foreach (ParameterSpecification parameter in layout.Parameters)
            {
                expected.Add(prefix + parameter.Name);
                RequireTensor(prefix + parameter.Name, parameter);
            }
        }

        if (file.Tensors.FirstOrDefault(tensor => !expected.Contains(tensor.Name)) is { } other)
            throw OtherModel($"a tensor '{other.Name}'", "none of that name");
    }

    private void RequireTensor(string name, ParameterSpecification parameter)
    {
        string expected = $"F32 [{string.Join(", ", parameter.Shape)}]";
        if (file.Find(name) is not { } tensor) throw OtherModel($"no tensor '{name}'", expected);
        if (tensor.ElementType != SafetensorsElementType.F32 || !tensor.Shape.SequenceEqual(parameter.Shape.Select(size => (long)size)))
            throw OtherModel($"tensor '{name}' as {tensor.ElementType} [{string.Join(", ", tensor.Shape)}]", expected);
    }

    private float[] Vector(ParameterLayout layout, string prefix)
    {
        float[] vector = new float[layout.Count];
        foreach (ParameterSpecification parameter in layout.Parameters)
            file.Find(prefix + parameter.Name)!.ToSingles().CopyTo(vector, parameter.Offset);
        return vector;
    }

    private CheckpointException OtherModel(string found, string expected) =>
        CheckpointException.Of(path, found, $"{expected} as the model in its configuration has it: it is of another model");
}
