using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Rules;

/// <summary>
/// What kube-linter's rules demand, checked here since kube-linter itself is not to be had. Left out: minimum-three-replicas and
/// hpa-minimum-three-replicas (one coordinator unless they share their runs, one worker is enough), no-anti-affinity and no-node-affinity (spread
/// constraints and node selectors say the same), dnsconfig-options, priority-class-name, required-label-owner and
/// required-annotation-email (a house's own matters).
/// </summary>
public sealed class ManifestRulesTests
{
    private static readonly IReadOnlyList<ManifestRule> Rules = [.. PodRules.All, .. SetRules.All];

    public static TheoryData<string> RuleNames => [.. Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Base_EveryRule_IsObeyed(string name) => Rule(name).FaultsOf(Manifests.Base()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Base_BrokenOnPurpose_IsReported(string name)
    {
        List<JsonObject> broken = [.. Manifests.Base()];
        Rule(name).Break(new ManifestSurgery(broken));
        Rule(name).FaultsOf(broken).ShouldNotBeEmpty();
    }

    [SkippableTheory]
    [InlineData("cpu")]
    [InlineData("monitoring")]
    [InlineData("clustered")]
    [InlineData("clustered-trial")]
    public async Task Overlay_EveryRule_IsObeyed(string overlay)
    {
        List<JsonObject> objects = [.. await Manifests.OverlayAsync(overlay)];

        // What lies beneath isolates the pods of the namespace, those of the monitoring too.
        if (overlay == "monitoring") objects.AddRange(Manifests.Base().Where(found => found.Text("metadata.name") == "maml-deny-all"));
        foreach (ManifestRule rule in Rules) rule.FaultsOf(objects).ShouldBeEmpty(rule.Name);
    }

    [Fact]
    public void Rules_Names_AreDistinct() => Rules.Select(rule => rule.Name).ShouldBeUnique();

    private static ManifestRule Rule(string name) => Rules.Single(rule => rule.Name == name);
}
