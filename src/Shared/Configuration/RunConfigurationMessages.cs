using Maml.Cluster.Shared.Configuration.Messages;
using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration;

/// <summary>Run configurations as they cross the wire.</summary>
public static class RunConfigurationMessages
{
    /// <summary>Turns a validated configuration into its message.</summary>
    public static Protos.V1.RunConfiguration ToMessage(RunConfiguration configuration) => new()
    {
        Name = configuration.Name,
        Seed = configuration.Seed,
        Algorithm = MessageEnums.ToMessage(configuration.Algorithm),
        SecondOrder = MessageEnums.ToMessage(configuration.SecondOrder),
        Model = new()
        {
            Kind = ConfigurationWords.ModelKinds.ToWord(configuration.Model.Kind),
            Widths = { configuration.Model.Widths.Select(width => (uint)width) },
            Filters = (uint)configuration.Model.Filters,
            Downsample = ConfigurationWords.Downsamples.ToWord(configuration.Model.Downsample),
        },
        Tasks = new()
        {
            Source = ConfigurationWords.TaskSources.ToWord(configuration.Tasks.Source),
            Split = configuration.Tasks.Split,
            Group = ConfigurationWords.TaskGroups.ToWord(configuration.Tasks.Group),
            Way = (uint)configuration.Tasks.Way,
            Shot = (uint)configuration.Tasks.Shot,
            Query = (uint)configuration.Tasks.Query,
        },
        Loss = MessageEnums.ToMessage(configuration.Loss),
        Inner = new() { Steps = (uint)configuration.Inner.Steps, LearningRate = configuration.Inner.LearningRate },
        Outer = new()
        {
            Optimizer = ConfigurationWords.Optimizers.ToWord(configuration.Outer.Optimizer),
            LearningRate = configuration.Outer.LearningRate,
            Schedule = ConfigurationWords.Schedules.ToWord(configuration.Outer.Schedule),
            TasksPerIteration = (uint)configuration.Outer.TasksPerIteration,
            Iterations = (ulong)configuration.Outer.Iterations,
            ClipNorm = configuration.Outer.ClipNorm,
            CurveEvery = (ulong)configuration.Outer.CurveEvery,
            GradientPrecision = ConfigurationWords.GradientPrecisions.ToWord(configuration.Outer.GradientPrecision),
        },
        Evaluation = new()
        {
            Every = (ulong)configuration.Evaluation.Every,
            Tasks = (uint)configuration.Evaluation.Tasks,
            InnerSteps = (uint)configuration.Evaluation.InnerSteps,
            Query = (uint)configuration.Evaluation.Query,
        },
        Checkpoints = new()
        {
            Every = (ulong)configuration.Checkpoints.Every,
            Keep = (uint)configuration.Checkpoints.Keep,
            KeepBest = (uint)configuration.Checkpoints.KeepBest,
        },
        Chunk = new() { Tasks = (uint)configuration.Chunk.Tasks, Group = (uint)configuration.Chunk.Group },
    };

    /// <summary>Turns a message into the configuration that it holds, and validates it.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used; all of its faults are named, by their paths in YAML.</exception>
    public static RunConfiguration FromMessage(Protos.V1.RunConfiguration message)
    {
        var faults = new FaultCollector();
        RunConfiguration configuration = new RunConfigurationMessageReader(faults).Read(message);
        RunConfigurationValidator.Validate(configuration, faults);
        faults.ThrowIfAny("The run's configuration");
        return configuration;
    }
}
