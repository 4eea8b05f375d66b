namespace Grpc.Core;

/// <summary>Who the client is, by what its certificate says.</summary>
public class AuthContext
{
    private readonly Dictionary<string, List<AuthProperty>> properties;

    /// <summary>Takes what the certificate says, by name.</summary>
    /// <param name="peerIdentityPropertyName">Which of the names identifies the client; null where nothing does.</param>
    /// <param name="properties">A name may have several values.</param>
    /// <exception cref="ArgumentNullException">The properties are null.</exception>
    public AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        PeerIdentityPropertyName = peerIdentityPropertyName;
        this.properties = properties;
    }

    /// <summary>Whether anything identifies the client.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>Which name identifies the client; null where nothing does.</summary>
    public string? PeerIdentityPropertyName { get; }

    /// <summary>The values that identify the client; none where nothing does.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => PeerIdentityPropertyName is null ? [] : FindPropertiesByName(PeerIdentityPropertyName);

    /// <summary>Everything that the certificate says.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(values => values);

    /// <summary>The values of one name; none where there is no such name.</summary>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        properties.TryGetValue(propertyName, out List<AuthProperty>? values) ? values : [];
}
