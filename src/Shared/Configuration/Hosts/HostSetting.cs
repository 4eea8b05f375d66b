namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>One value that a host is started with.</summary>
/// <param name="Path">The option, its parts joined by dots, such as <c>security.tokensFile</c>; case does not matter.</param>
/// <param name="Value">As written.</param>
/// <param name="Place">Where it was given, for messages: a line, a variable or an argument.</param>
/// <param name="IsFromFile">Whether it stands in a configuration file, where no secret belongs.</param>
public sealed record HostSetting(string Path, string Value, string Place, bool IsFromFile = false);
