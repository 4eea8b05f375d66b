using System.CommandLine;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.Gradients;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml gradient</c>: writes one meta-gradient and what it was computed from.</summary>
internal sealed class GradientCommand : MamlCommand
{
    private readonly ConfigurationOptions _configuration = new();

    private readonly Option<long?> _tasks = new("--tasks")
    {
        Description = "Tasks to take the mean over. [default: 4]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 10_000),
    };

    private readonly Option<string> _output = new("--output") { Description = "The file to write.", HelpName = "FILE.safetensors", Required = true };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Device to compute on: cpu, or a GPU such as cuda:0.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DeviceChoice.Cpu,
    };

    private readonly Option<Precision> _precision = new("--precision")
    {
        Description = "float64 to compare with another framework, float32 for the very numbers of training.",
        HelpName = "float32|float64",
        DefaultValueFactory = _ => Precision.Float64,
    };

    public GradientCommand(Terminal terminal, CommandRunner runner)
        : base("gradient", "Writes one meta-gradient with its θ and tasks, to be checked in any framework.", """
            maml gradient sinusoid --output gradient.safetensors
            maml gradient sinusoid --tasks 8 --seed 3 --set inner.steps=5 --output gradient.safetensors
            maml gradient omniglot-5way-1shot --data ~/omniglot --set algorithm=fomaml --output gradient.safetensors
            """)
    {
        _configuration.AddTo(this);
        Add(_tasks);
        Add(_output);
        Add(_device);
        Add(_precision);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        RunConfiguration configuration = _configuration.Load(parsed).Configuration;
        int tasks = (int)(parsed.GetValue(_tasks) ?? 4);
        ImageDataSet? dataSet = ProbeData.Open(configuration.Tasks, _configuration.DataDirectory(parsed), interrupt);
        Precision precision = parsed.GetValue(_precision);
        MetaGradientSample sample = await MetaGradientProbe.ComputeAsync(
            configuration, dataSet, tasks, parsed.GetRequiredValue(_device), precision, interrupt);
        string path = Path.GetFullPath(parsed.GetRequiredValue(_output));
        GradientFile.Create(sample, configuration, precision).WriteAtomically(path);
        await terminal.Output.WriteLineAsync($"The meta-gradient over {tasks} tasks is in {path}");
        return ExitCode.Done;
    }
}
