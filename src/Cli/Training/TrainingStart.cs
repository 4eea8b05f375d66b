using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Training;

/// <summary>How a run begins.</summary>
internal abstract record TrainingStart
{
    /// <summary>Asks a coordinator for it.</summary>
    public abstract Task<Run> BeginAsync(RunService.RunServiceClient runs, CancellationToken cancellation);

    /// <summary>A new run.</summary>
    /// <param name="Chosen">Its configuration.</param>
    internal sealed record New(ChosenConfiguration Chosen) : TrainingStart
    {
        public override async Task<Run> BeginAsync(RunService.RunServiceClient runs, CancellationToken cancellation) => await runs.StartRunAsync(
            new StartRunRequest
            {
                Configuration = RunConfigurationMessages.ToMessage(Chosen.Configuration),
                Preset = Chosen.Preset,
            },
            cancellationToken: cancellation);
    }

    /// <summary>An earlier run, from its newest checkpoint that holds.</summary>
    /// <param name="RunId">The run.</param>
    internal sealed record Resumed(string RunId) : TrainingStart
    {
        public override async Task<Run> BeginAsync(RunService.RunServiceClient runs, CancellationToken cancellation) =>
            await runs.ResumeRunAsync(new ResumeRunRequest { RunId = RunId }, cancellationToken: cancellation);
    }
}
