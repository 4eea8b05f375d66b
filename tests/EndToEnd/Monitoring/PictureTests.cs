using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>The pictures of docs/monitoring.md can be made again from any Prometheus.</summary>
[Collection(nameof(ScrapedTraining))]
public sealed partial class PictureTests(ScrapedTraining training) : IDisposable
{
    private const int Most = 300_000;

    private readonly TemporaryFolder _folder = new();

    [PictureFact]
    public async Task Render_OfATraining_DrawsEveryPanelThatAsks()
    {
        string dashboard = Path.Combine(DeployFolder.Repository, "deploy", "grafana", "dashboards", "training.json");
        string[] titles = Titles(dashboard);
        titles.Length.ShouldBeGreaterThanOrEqualTo(12);
        await training.UntilAsync(async () => (await training.Prometheus.ReadAsync("maml_run_evaluation_accuracy_ratio")).Length > 0 ? null : "no evaluation");

        (int exitCode, string output) = await RenderAsync(dashboard);
        exitCode.ShouldBe(0, output);
        Drawn().Matches(output).Where(drawn => drawn.Groups[2].Value != "0").Select(drawn => drawn.Groups[1].Value).ShouldBe(titles);
        byte[] picture = await File.ReadAllBytesAsync(_folder.File("training.png"));
        picture.Length.ShouldBeInRange(30_000, Most);
        picture[1..4].ShouldBe("PNG"u8.ToArray());
        BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)).ShouldBe(1800, "pixels wide");
    }

    [PictureFact]
    public async Task Render_OfARunThatIsNot_EndsWithOneAndSaysWhichPanelsAreEmpty()
    {
        (int exitCode, string output) = await RenderAsync(Path.Combine(DeployFolder.Repository, "deploy", "grafana", "dashboards", "training.json"), "--run", "no-such-run");
        exitCode.ShouldBe(1, output);
        output.ShouldContain("  Meta-loss: 0 series, 0 points");
    }

    [Fact]
    public void Pictures_OfEveryDashboard_AreOnThePage()
    {
        string page = File.ReadAllText(Path.Combine(DeployFolder.Repository, "docs", "monitoring.md"));
        foreach (string name in DeployFolder.Dashboards.Select(Path.GetFileNameWithoutExtension)!)
        {
            page.ShouldContain($"](pictures/{name}.png)");
            new FileInfo(Path.Combine(DeployFolder.Repository, "docs", "pictures", $"{name}.png")).Length.ShouldBeLessThan(Most);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Output)> RenderAsync(string dashboard, params string[] more)
    {
        double start = training.Since.AddSeconds(-10).ToUnixTimeMilliseconds() / 1000.0;
        string[] arguments =
        [
            Path.Combine(DeployFolder.Repository, "deploy", "grafana", "render"), training.Prometheus.Address.ToString(), "--start",
            start.ToString(CultureInfo.InvariantCulture), "--output", _folder.Path, .. more, dashboard,
        ];
        using Process python = Process.Start(new ProcessStartInfo(PictureFactAttribute.Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return (python.ExitCode, output + await errors);
    }

    // Of the panels with a query, in their order.
    private static string[] Titles(string path)
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
               where panel.TryGetProperty("targets", out JsonElement targets) && targets.GetArrayLength() > 0
               select panel.GetProperty("title").GetString(),
        ];
    }

    [GeneratedRegex(@"^  (.+): \d+ series, (\d+) points$", RegexOptions.Multiline)]
    private static partial Regex Drawn();
}
