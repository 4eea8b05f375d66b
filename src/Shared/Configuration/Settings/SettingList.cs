namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>A list of values.</summary>
/// <param name="Items">In the order written.</param>
/// <param name="Place">Where it starts.</param>
internal sealed record SettingList(IReadOnlyList<SettingNode> Items, string Place) : SettingNode(Place)
{
    /// <inheritdoc/>
    public override string Describe() => "a list";
}
