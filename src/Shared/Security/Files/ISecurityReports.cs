namespace Maml.Cluster.Shared.Security;

/// <summary>Told what happens to certificates and tokens while a host runs. Messages are complete and never hold a secret.</summary>
public interface ISecurityReports
{
    /// <summary>A file has changed and its new content is in use.</summary>
    void Reloaded(string message);

    /// <summary>Something needs a person: a file that cannot be used, a certificate that expires.</summary>
    void Warn(string message);
}
