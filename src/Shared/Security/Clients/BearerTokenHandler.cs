using System.Net.Http.Headers;

namespace Maml.Cluster.Shared.Security;

/// <summary>Shows the token with every call that shows none of its own.</summary>
internal sealed class BearerTokenHandler(ClientToken token, bool insecureAllowRemote, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The options were checked before; this is the last door before the wire.
        Uri address = request.RequestUri!;
        if (address.Scheme != Uri.UriSchemeHttps && !insecureAllowRemote && !ClientCredentialsValidator.IsLoopback(address))
            throw new InvalidOperationException($"The token is not sent to {address} in plain text.");
        request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", token.Current);
        return base.SendAsync(request, cancellationToken);
    }
}
