namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>Marks an option whose value is secret, so that no configuration file may hold it.</summary>
/// <param name="advice">What to do instead, such as <c>name a file of it as tokenFile</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretOptionAttribute(string advice) : Attribute
{
    /// <summary>What to do instead.</summary>
    public string Advice { get; } = advice;
}
