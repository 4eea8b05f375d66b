using System.Text.RegularExpressions;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>Alert rules, without anything that runs.</summary>
public sealed partial class RuleTests
{
    [PrometheusFact]
    public async Task Rules_All_PassPromtool()
    {
        DeployFolder.Rules.ShouldNotBeEmpty();
        (int exitCode, string output) = await Promtool.RunAsync("", ["check", "rules", .. DeployFolder.Rules]);
        exitCode.ShouldBe(0, output);
    }

    [PrometheusFact]
    public async Task Rules_UnitTests_Pass()
    {
        DeployFolder.RuleTests.ShouldNotBeEmpty();
        (int exitCode, string output) = await Promtool.RunAsync("", ["test", "rules", .. DeployFolder.RuleTests]);
        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public void Rules_EveryAlert_HasAUnitTest()
    {
        string tests = string.Concat(DeployFolder.RuleTests.Select(File.ReadAllText));
        string[] alerts = [.. DeployFolder.Rules.SelectMany(rules => Alerts().Matches(File.ReadAllText(rules))).Select(match => match.Groups[1].Value)];
        alerts.Length.ShouldBeGreaterThanOrEqualTo(15);
        alerts.Where(alert => !tests.Contains($"alertname: {alert}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_EveryRunBook_IsASectionOfItsPage()
    {
        string rules = string.Concat(DeployFolder.Rules.Select(File.ReadAllText));
        Match[] links = RunBooks().Matches(rules).ToArray();
        links.Length.ShouldBe(Alerts().Count(rules), "each alert has one");
        foreach (Match link in links.Where(link => link.Groups[1].Value == "docs/monitoring.md"))
        {
            string page = File.ReadAllText(Path.Combine(DeployFolder.Repository, link.Groups[1].Value));
            IEnumerable<string> anchors = Headings().Matches(page).Select(heading => heading.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'));
            anchors.ShouldContain(link.Groups[2].Value);
        }
    }

    [GeneratedRegex(@"- alert: (\S+)")]
    private static partial Regex Alerts();

    [GeneratedRegex(@"runbook_url: (\S+)#(\S+)")]
    private static partial Regex RunBooks();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
