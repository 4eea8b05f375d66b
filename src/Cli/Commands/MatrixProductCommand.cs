using System.CommandLine;
using System.Text.Json;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Worker.Probes;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml matrix-product</c>, for <c>maml bench</c>: measures in a process like a worker's, and prints JSON.</summary>
internal sealed class MatrixProductCommand : MamlCommand
{
    /// <summary>Its name.</summary>
    public const string CommandName = "matrix-product";

    private readonly Option<string> _device = new("--device")
    {
        Description = "Device to compute on.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DeviceChoice.Cpu,
    };

    private readonly Option<long?> _milliseconds = new("--milliseconds")
    {
        Description = "How long to measure. [default: 1000]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 60_000),
    };

    public MatrixProductCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base(CommandName, "Measures float32 matrix products as a worker would compute them, on one thread, and prints JSON.", """
            maml matrix-product --device cpu
            """)
    {
        Hidden = true;
        Add(_device);
        Add(_milliseconds);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, time, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, TimeProvider time, CancellationToken interrupt)
    {
        MatrixProductRate rate = await MatrixProductProbe.MeasureAsync(
            parsed.GetRequiredValue(_device), threads: 1, TimeSpan.FromMilliseconds(parsed.GetValue(_milliseconds) ?? 1000), time, interrupt);
        await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(rate));
        return ExitCode.Done;
    }
}
