namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>One value.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="IsPlain">Written without quotes.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record SettingScalar(string Text, bool IsPlain, string Place) : SettingNode(Place)
{
    /// <summary>YAML's null: nothing at all, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && (Text is "" or "~" or "null" or "Null" or "NULL");

    /// <inheritdoc/>
    public override string Describe() => IsPlain ? FoundText.Quote(Text) : $"the quoted text {FoundText.Quote(Text)}";
}
