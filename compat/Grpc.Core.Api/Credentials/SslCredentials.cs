namespace Grpc.Core;

/// <summary>
/// TLS. The client package takes certificates from its HTTP handler and refuses the ones given here, so only the
/// constructor without any is offered.
/// </summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>TLS as the channel's HTTP handler is set up for it.</summary>
    public SslCredentials()
    {
    }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, null, null, null);
}
