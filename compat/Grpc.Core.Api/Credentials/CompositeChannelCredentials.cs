namespace Grpc.Core;

/// <summary>A channel's security together with credentials that go with each of its calls.</summary>
internal sealed class CompositeChannelCredentials : ChannelCredentials
{
    private readonly ChannelCredentials channel;
    private readonly CallCredentials call;

    public CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        if (!channelCredentials.IsComposable)
        {
            throw new ArgumentException(
                $"{channelCredentials.GetType().Name} cannot take call credentials; expected SslCredentials or Insecure. "
                    + $"Put several call credentials together with {nameof(CallCredentials)}.{nameof(CallCredentials.Compose)}.",
                nameof(channelCredentials));
        }

        channel = channelCredentials;
        call = callCredentials;
    }

    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, channel, call);
}
