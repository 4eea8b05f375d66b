using System.CommandLine;
using System.CommandLine.Parsing;
using Maml.Cluster.Cli.Benchmarks.Configurations;
using Maml.Cluster.Cli.Benchmarks.Data;
using Maml.Cluster.Cli.Benchmarks.Machine;
using Maml.Cluster.Cli.Benchmarks.Measuring;
using Maml.Cluster.Cli.Benchmarks.Reporting;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml bench</c>: measures what training costs on this machine.</summary>
internal sealed class BenchCommand : MamlCommand
{
    // As for many other programs: the standard output in the place of a file.
    private const string StandardOutput = "-";
    private const int ColumnsOfTable = 4;

    private readonly ClusterOptions _cluster = new();

    private readonly Argument<string[]> _names = new("CONFIGURATION")
    {
        Description = $"What to measure: {string.Join(", ", BenchmarkCatalog.Names)}, another preset or a YAML file. [default: all of these]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<long?> _seconds = new("--seconds")
    {
        Description = "Time to measure each. [default: 10]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 3600),
    };

    private readonly Option<long?> _iterations = new("--iterations")
    {
        Description = "Iterations to measure of each, in the place of a time.",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 900_000),
    };

    private readonly Option<long?> _warmUp = new("--warm-up")
    {
        Description = "Seconds before each measurement, from when all workers compute. [default: 5]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(0, 3600),
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Writes the results as JSON to a file; '-' prints them in the place of the table.",
        HelpName = "FILE|-",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with Omniglot. [default: random pictures in its place, which take as long]",
        HelpName = "DIR",
    };

    private readonly SettingOption _set = new();

    public BenchCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base("bench", "Measures training on this machine: tasks a second, and where the time goes.", """
            maml bench                                            all configurations, two minutes
            maml bench A B --workers 2                            those of bench/compare.py
            maml bench A --set chunk.tasks=16 --seconds 30        a value changed, longer
            maml bench B --devices cuda --json results.json       on every GPU, for other programs
            """)
    {
        Add(_names);
        _cluster.AddTo(this);
        Add(_seconds);
        Add(_iterations);
        Add(_warmUp);
        Add(_json);
        Add(_data);
        _set.AddTo(this);
        Validators.Add(RequireOneLength);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, time, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, TimeProvider time, CancellationToken interrupt)
    {
        IReadOnlyList<BenchmarkConfiguration> benchmarks = BenchmarkCatalog.Find(parsed.GetValue(_names) ?? [], _set.Overrides(parsed));
        IReadOnlyList<string> devices = _cluster.Devices(parsed);
        string? data = benchmarks.Any(benchmark => benchmark.NeedsImages) ? FindData(parsed) : null;

        Show(terminal, "matrix products");
        MachineReport machine = await MachineReport.MeasureAsync(devices, interrupt);
        var results = new List<BenchmarkResult>();
        foreach (BenchmarkConfiguration benchmark in benchmarks)
        {
            Show(terminal, benchmark.Name);
            var session = new BenchmarkSession(benchmark, Length(parsed), devices, benchmark.NeedsImages ? data : null, time);
            results.Add(await session.RunAsync(machine.AllWorkersGflops, interrupt));
        }

        await WriteAsync(parsed, terminal, new BenchmarkReport(machine, data, results));
        return ExitCode.Done;
    }

    private string FindData(ParseResult parsed)
    {
        if (parsed.GetValue(_data) is { } given) return Path.GetFullPath(given);
        SyntheticCharacters.Ensure(SyntheticCharacters.DefaultFolder);
        return SyntheticCharacters.DefaultFolder;
    }

    private async Task WriteAsync(ParseResult parsed, Terminal terminal, BenchmarkReport report)
    {
        string? target = parsed.GetValue(_json);
        if (target == StandardOutput)
        {
            await terminal.Output.WriteLineAsync(BenchmarkJson.Write(report));
            return;
        }

        await terminal.Output.WriteLineAsync(BenchmarkTable.Describe(report.Machine));
        foreach (BenchmarkResult[] columns in report.Configurations.Chunk(ColumnsOfTable)) terminal.CreateConsole().Write(BenchmarkTable.Create(columns));
        if (target is null) return;
        string json = BenchmarkJson.Write(report);
        AtomicFile.Write(Path.GetFullPath(target), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(json)));
    }

    private BenchmarkLength Length(ParseResult parsed) => new(
        TimeSpan.FromSeconds(parsed.GetValue(_warmUp) ?? 5), TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? 10), parsed.GetValue(_iterations));

    private void RequireOneLength(CommandResult result)
    {
        if (result.GetResult(_seconds) is not null && result.GetResult(_iterations) is not null)
            result.AddError("Found both --seconds and --iterations; expected one of them.");
    }

    private static void Show(Terminal terminal, string what)
    {
        if (terminal.IsInteractive) terminal.Error.WriteLine($"Measuring {what} …");
    }
}
