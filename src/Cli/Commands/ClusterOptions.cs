using System.CommandLine;
using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Commands;

/// <summary>The words that <c>train</c> and <c>evaluate</c> have in common to say what computes.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<int?> _workers = new("--workers")
    {
        Description = "Worker processes; 'auto' is one a core, or one a GPU. Changes the speed, never the result. [default: auto]",
        HelpName = "N|auto",
        CustomParser = WorkerCount.Parse,
    };

    private readonly Option<string[]?> _devices = new("--devices")
    {
        Description = "cpu, cuda for every GPU, or a list such as cuda:0,cuda:1. [default: cuda where there is one, or else cpu]",
        HelpName = "LIST",
        CustomParser = DeviceChoice.Parse,
    };

    public void AddTo(Command command)
    {
        command.Add(_workers);
        command.Add(_devices);
    }

    /// <summary>The device of each worker.</summary>
    public IReadOnlyList<string> Devices(ParseResult parsed) =>
        DeviceChoice.Deal(MachineDevices.Resolve(parsed.GetValue(_devices) ?? []), parsed.GetValue(_workers), Environment.ProcessorCount);
}
