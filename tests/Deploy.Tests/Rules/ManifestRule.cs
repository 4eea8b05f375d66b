using System.Text.Json.Nodes;

namespace Maml.Cluster.Deploy.Tests.Rules;

/// <summary>One thing that manifests have to obey.</summary>
/// <param name="Name">kube-linter's name for it; our own ones begin with <c>maml-</c>.</param>
/// <param name="FaultsOf">Who breaks it, among all objects that are applied together.</param>
/// <param name="Break">Breaks it in sound manifests, to show that this is noticed.</param>
internal sealed record ManifestRule(string Name, Func<IReadOnlyList<JsonObject>, IEnumerable<string>> FaultsOf, Action<ManifestSurgery> Break);
