namespace Grpc.Core;

/// <summary>No TLS.</summary>
internal sealed class InsecureChannelCredentials : ChannelCredentials
{
    // The channel, not this type, decides whether call credentials may go without TLS.
    internal override bool IsComposable => true;

    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetInsecureCredentials(state);
}
