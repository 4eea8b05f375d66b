namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>One line of a section.</summary>
/// <param name="Name">The setting's name within its section.</param>
/// <param name="Value">Its value.</param>
/// <param name="Place">Where the name stands.</param>
internal sealed record SettingEntry(string Name, SettingNode Value, string Place);
