using System.Security.Cryptography.X509Certificates;

namespace Maml.Cluster.Shared.Security;

/// <summary>Whom a client's certificate stands for: its organizational unit (OU) is the role, its common name (CN) the name.</summary>
public static class CertificateRole
{
    private const string CommonName = "2.5.4.3";
    private const string OrganizationalUnit = "2.5.4.11";

    /// <summary>Whom a certificate stands for. Whether it is to be trusted is not looked at.</summary>
    /// <returns>Null, and why, when its OU does not name exactly one role.</returns>
    public static (Caller? Caller, string? Fault) Read(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        IReadOnlyList<string> units = Units(certificate);
        Role[] roles = [.. units.Where(unit => Roles.TryParse(unit, out _)).Distinct().Select(Parse)];
        string name = Values(certificate, CommonName).FirstOrDefault() ?? certificate.Thumbprint;
        if (roles is [var role]) return (new Caller(name, role), null);
        string found = units.Count == 0 ? "none" : string.Join(" and ", units.Select(unit => $"'{unit}'"));
        return (null, $"The certificate '{certificate.Subject}' names no single role: found OU {found}, expected one of {Roles.Expectation}.");
    }

    /// <summary>The organizational units of a certificate.</summary>
    public static IReadOnlyList<string> Units(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return [.. Values(certificate, OrganizationalUnit)];
    }

    private static Role Parse(string word) => Roles.TryParse(word, out Role role) ? role : default;

    private static IEnumerable<string> Values(X509Certificate2 certificate, string attribute) => certificate.SubjectName
        .EnumerateRelativeDistinguishedNames()
        .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == attribute)
        .Select(name => name.GetSingleElementValue() ?? "");
}
