using System.Diagnostics;
using Maml.Cluster.EndToEnd.Adversity;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Monitoring;

#pragma warning disable CA1001 // Disposed in the test framework's own way.
/// <summary>A coordinator and two workers that train two runs, and a Prometheus that scrapes all three. Shared by all tests that look at them.</summary>
public sealed class ScrapedTraining : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>How long the training is watched.</summary>
    internal static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _runs = new();
    private readonly List<MamlProcess> _processes = [];
    private PrometheusServer? _prometheus;
    private HttpClient? _client;

    /// <summary>Ports at which metrics are served: the coordinator's, then the workers'.</summary>
    public IReadOnlyList<int> Ports { get; } = [FreePort.Find(), FreePort.Find(), FreePort.Find()];

    /// <summary>Since when all hosts are scraped and both runs train.</summary>
    internal DateTimeOffset Since { get; private set; }

    internal PrometheusServer Prometheus => _prometheus ?? throw new InvalidOperationException("It is not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Where it is missing the tests are skipped, but this is still called.
        if (new PrometheusFactAttribute().Skip is not null) return;
        _client = new HttpClient();
        string coordinator = $"http://127.0.0.1:{FreePort.Find()}";
        _processes.Add(MamlProcess.Start(
            "coordinator", "--port", $"{new Uri(coordinator).Port}", "--runs", _runs.Path, "--metrics-listen", $"127.0.0.1:{Ports[0]}"));
        for (int worker = 1; worker <= 2; worker++)
        {
            _processes.Add(MamlProcess.Start(
                "worker", "--coordinator", coordinator, "--name", $"worker-{worker}", "--metrics-listen", $"127.0.0.1:{Ports[worker]}"));
        }

        _prometheus = PrometheusServer.Start(FreePort.Find(), Ports[0], Ports.Skip(1));
        await _processes[0].WaitForTextAsync("Metrics at", Limit);

        // One that predicts and one that classifies: either kind has measurements of its own.
        foreach (string preset in new[] { "sinusoid", "logistic" })
        {
            MamlResult started = await MamlProcess.RunAsync(
                "runs", "start", preset, "--coordinator", coordinator, "--iterations", "1000000", "--set", "evaluation.every=100", "--set",
                "checkpoints.every=20");
            started.ExitCode.ShouldBe(0, started.Errors);
        }

        // With a scrape of every host behind it, and iterations of each run.
        await UntilAsync(async () => await Prometheus.ReadNowAsync("count(up == 1) == 3 and count(rate(maml_run_iterations_total[5s]) > 0) == 2") is [] ? "not all train yet" : null);
        Since = DateTimeOffset.UtcNow;
    }

    /// <summary>Waits until the training has been watched for long enough.</summary>
    internal async Task WatchAsync()
    {
        TimeSpan left = Since + Watched - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero) await Task.Delay(left);
    }

    /// <summary>Waits for something to be so, and says what was found instead if it never is.</summary>
    internal async Task UntilAsync(Func<Task<string?>> findFault)
    {
        var watch = Stopwatch.StartNew();
        string? fault;
        while ((fault = await findFault()) is not null)
        {
            if (watch.Elapsed > Limit) throw new TimeoutException($"{fault}\n{string.Join('\n', _processes.Select(process => process.Output + process.Errors))}\n{Prometheus.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    /// <summary>A host's metrics, as a scraper of the older text gets them.</summary>
    internal Task<string> ScrapeAsync(int port) => _client!.GetStringAsync($"http://127.0.0.1:{port}/metrics");

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_prometheus is not null) await _prometheus.DisposeAsync();
        foreach (MamlProcess process in _processes) await process.DisposeAsync();
        _runs.Dispose();
    }
}
