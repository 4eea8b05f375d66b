using System.CommandLine;
using Maml.Cluster.Scale;
using Maml.Cluster.Shared.Configuration;

// A cluster of which only the coordinator is real: docs/scaling.md says what it is for and what came out of it.
var workers = new Option<int[]>("--workers")
{
    Description = "How many workers; several numbers measure each of them.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1, 2, 4, 8, 16, 32, 64, 128, 256],
};
var parameters = new Option<int[]>("--parameters")
{
    Description = "The length of θ, about; several numbers measure each of them.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [100_000, 1_000_000, 5_000_000, 30_000_000],
};
var seconds = new Option<double>("--seconds") { Description = "How long each pair is measured.", DefaultValueFactory = _ => 5 };
var compute = new Option<double>("--compute-ms") { Description = "How long a worker pretends to compute a chunk.", DefaultValueFactory = _ => 100 };
var chunks = new Option<int>("--chunks") { Description = "Chunks of a round for each worker.", DefaultValueFactory = _ => 1 };
var aggregators = new Option<int>("--aggregators") { Description = "Aggregators between the coordinator and the workers. [default: none]" };
var warmUp = new Option<int>("--warm-up-rounds") { Description = "Rounds before the measurement.", DefaultValueFactory = _ => 3 };
var precision = new Option<GradientPrecision>("--gradient-precision") { Description = "How gradients cross the wire." };
var limit = new Option<double>("--most-gigabytes")
{
    Description = "Pairs whose rounds move more than this, and the coordinator's memory with them, are left out.",
    DefaultValueFactory = _ => 6,
};
var csv = new Option<string?>("--csv") { Description = "Writes the numbers to this file as well." };
var command = new RootCommand("Measures a real coordinator with workers that only pretend to compute.")
{
    workers, parameters, seconds, compute, chunks, aggregators, warmUp, precision, limit, csv,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    var options = new ScaleOptions
    {
        Workers = parsed.GetValue(workers)!,
        Parameters = parsed.GetValue(parameters)!,
        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        Compute = TimeSpan.FromMilliseconds(parsed.GetValue(compute)),
        ChunksPerWorker = parsed.GetValue(chunks),
        Aggregators = parsed.GetValue(aggregators),
        WarmUpRounds = parsed.GetValue(warmUp),
        GradientPrecision = parsed.GetValue(precision),
        CsvPath = parsed.GetValue(csv),
    };
    Console.WriteLine(ScaleReport.TableHeader);
    var results = new List<ScaleResult>();
    foreach (int length in options.Parameters)
    {
        foreach (int count in options.Workers)
        {
            if (2.0 * sizeof(float) * length * count > parsed.GetValue(limit) * 1e9) continue;
            ScaleResult result = await ScaleMeasurement.RunAsync(options, count, length, cancellationToken);
            results.Add(result);
            Console.WriteLine(ScaleReport.Row(result));
            if (options.CsvPath is { } path) ScaleReport.WriteCsv(path, results);
        }
    }
});
return await command.Parse(args).InvokeAsync();
