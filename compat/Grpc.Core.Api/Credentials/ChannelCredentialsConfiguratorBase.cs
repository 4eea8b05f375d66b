namespace Grpc.Core;

/// <summary>How a channel learns what its credentials are.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>There is no TLS.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>There is TLS; null roots are the machine's.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>There is a channel's security, and credentials for each call.</summary>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
