namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>A text is not the part of YAML that configurations use; nothing more can be said about its settings.</summary>
internal sealed class SettingTextException(ConfigurationFault fault) : Exception(fault.ToString())
{
    /// <summary>What is wrong, and where.</summary>
    public ConfigurationFault Fault { get; } = fault;
}
