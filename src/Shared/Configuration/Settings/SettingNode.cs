namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>A piece of a configuration's text that remembers where it stands.</summary>
/// <param name="Place">For messages: <c>line 7</c>, or <c>--set</c> with its text.</param>
internal abstract record SettingNode(string Place)
{
    /// <summary>What was found, in a few words, for messages.</summary>
    public abstract string Describe();
}
