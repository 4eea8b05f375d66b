using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Shared.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>
/// Finds out who calls, from the header and the connection alone: a token where one is shown, or else the connection's client
/// certificate.
/// </summary>
internal sealed class CredentialsHandler(CoordinatorSecurity security) : IAuthenticationHandler
{
    /// <summary>The name of this way to authenticate.</summary>
    public const string Scheme = "maml";

    private const string Prefix = "Bearer ";
    private static readonly object VerdictKey = new();

    private HttpContext? _context;
    private AuthenticateResult? _result;

    /// <inheritdoc/>
    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(_result ??= Authenticate(_context!));

    /// <inheritdoc/>
    public Task ChallengeAsync(AuthenticationProperties? properties) => throw new NotSupportedException($"{nameof(RefusalHandler)} answers.");

    /// <inheritdoc/>
    public Task ForbidAsync(AuthenticationProperties? properties) => throw new NotSupportedException($"{nameof(RefusalHandler)} answers.");

    private AuthenticateResult Authenticate(HttpContext context)
    {
        if (security.IsOpen) return Success(CallerPrincipal.Anybody);
        if (security.Tokens is { } tokens && context.Request.Headers.Authorization is { Count: > 0 } header)
        {
            // A wrong token is refused even beside a good certificate: whoever shows one means it.
            return header is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                ? tokens.Current.Identify(value[Prefix.Length..].Trim()) is { } caller
                    ? Success(CallerPrincipal.Of(caller))
                    : AuthenticateResult.Fail("The token is none that this coordinator knows. Check --token-file or MAML_TOKEN.")
                : AuthenticateResult.Fail("Found an authorization header of another kind, expected 'authorization: Bearer TOKEN'.");
        }

        return security.ClientAuthorities is { } authorities && context.Connection.ClientCertificate is { } certificate
            ? Verdict(context, authorities, certificate)
            : AuthenticateResult.Fail($"Found no credentials, expected {Expected}.");
    }

    private string Expected => (security.Tokens, security.ClientAuthorities) switch
    {
        (not null, not null) => "a token (--token-file or MAML_TOKEN) or a client certificate (--client-certificate, --client-key)",
        (not null, null) => "a token (--token-file or MAML_TOKEN)",
        _ => "a client certificate (--client-certificate, --client-key)",
    };

    // A chain is built once a connection: its certificate does not change, and an attacker must not make every call cost one.
    private static AuthenticateResult Verdict(HttpContext context, AuthoritySource authorities, X509Certificate2 certificate)
    {
        IDictionary<object, object?>? items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is null) return Judge(authorities, certificate);
        lock (items)
        {
            if (items.TryGetValue(VerdictKey, out object? known) && known is AuthenticateResult verdict) return verdict;
            verdict = Judge(authorities, certificate);
            items[VerdictKey] = verdict;
            return verdict;
        }
    }

    private static AuthenticateResult Judge(AuthoritySource authorities, X509Certificate2 certificate)
    {
        if (authorities.FaultOfClient(certificate) is { } fault)
            return AuthenticateResult.Fail($"The client certificate '{certificate.Subject}' does not come from this coordinator's client authorities: {fault}.");
        (Caller? caller, string? roleFault) = CertificateRole.Read(certificate);
        return Success(caller is not null ? CallerPrincipal.Of(caller) : CallerPrincipal.WithoutRole(certificate.Subject, roleFault!));
    }

    private static AuthenticateResult Success(ClaimsPrincipal principal) => AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
}
