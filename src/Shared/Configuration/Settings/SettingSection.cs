namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>A section. It keeps entries of the same name, so that a later check can refuse them with their lines.</summary>
/// <param name="Entries">In the order written.</param>
/// <param name="Place">Where it starts.</param>
internal sealed record SettingSection(IReadOnlyList<SettingEntry> Entries, string Place) : SettingNode(Place)
{
    /// <summary>The first value of that name.</summary>
    public SettingNode? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name)?.Value;

    /// <summary>This section with one value put in the place of the one before, or at the end.</summary>
    public SettingSection With(string name, SettingNode value)
    {
        var changed = new SettingEntry(name, value, value.Place);
        int position = Entries.TakeWhile(entry => entry.Name != name).Count();
        return this with { Entries = [.. Entries.Take(position), changed, .. Entries.Skip(position + 1)] };
    }

    /// <inheritdoc/>
    public override string Describe() => "a section";
}
