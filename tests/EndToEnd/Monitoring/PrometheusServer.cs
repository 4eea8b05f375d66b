using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A real Prometheus that scrapes every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly StringBuilder _log = new();

    private PrometheusServer(TemporaryFolder folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => _client.BaseAddress!;

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>Starts it.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="coordinator">Port of the coordinator's metrics.</param>
    /// <param name="workers">Ports of the workers'.</param>
    public static PrometheusServer Start(int port, int coordinator, IEnumerable<int> workers)
    {
        var folder = new TemporaryFolder();
        string targets = string.Join(", ", workers.Select(worker => $"'127.0.0.1:{worker}'"));

        // Often, but no more often than that a machine which stands still for a moment answers in time.
        File.WriteAllText(folder.File("prometheus.yaml"), $"""
            global: {"{"} scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s {"}"}
            rule_files: ['{Path.GetDirectoryName(DeployFolder.Rules[0])}/*.yaml']
            scrape_configs:
              - job_name: maml-coordinator
                static_configs: [{"{"} targets: ['127.0.0.1:{coordinator}'] {"}"}]
              - job_name: maml-worker
                static_configs: [{"{"} targets: [{targets}] {"}"}]
            """);
        var start = new ProcessStartInfo("prometheus")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add($"--config.file={folder.File("prometheus.yaml")}");
        start.ArgumentList.Add($"--storage.tsdb.path={folder.File("data")}");
        start.ArgumentList.Add($"--web.listen-address=127.0.0.1:{port}");

        // What it finds wrong with a page that it scrapes it logs at this level only.
        start.ArgumentList.Add("--log.level=debug");
        return new PrometheusServer(folder, new Process { StartInfo = start }, port);
    }

    /// <summary>Asks its interface; the element named <c>data</c> of the answer.</summary>
    public async Task<JsonElement> AskAsync(string path)
    {
        string text = await _client.GetStringAsync(path);
        using JsonDocument answer = JsonDocument.Parse(text);
        answer.RootElement.GetProperty("status").GetString().ShouldBe("success", text);
        return answer.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Its own metrics, as text.</summary>
    public Task<string> ReadItsOwnAsync() => _client.GetStringAsync("/metrics");

    /// <summary>Values of a query over the last minute, those that are no numbers left out.</summary>
    public async Task<double[]> ReadAsync(string query)
    {
        double now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        JsonElement data = await AskAsync(string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={now - 60}&end={now}&step=1"));
        return
        [
            .. from series in data.GetProperty("result").EnumerateArray()
               from point in series.GetProperty("values").EnumerateArray()
               let value = ToNumber(point)
               where !double.IsNaN(value)
               select value,
        ];
    }

    /// <summary>Values of a query at one time, now if none is said.</summary>
    public async Task<double[]> ReadNowAsync(string query, DateTimeOffset? at = null)
    {
        double time = (at ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds() / 1000.0;
        JsonElement data = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/query?query={Uri.EscapeDataString(query)}&time={time}"));
        return [.. data.GetProperty("result").EnumerateArray().Select(series => ToNumber(series.GetProperty("value")))];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static double ToNumber(JsonElement point) =>
        double.Parse(point[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
    }
}
