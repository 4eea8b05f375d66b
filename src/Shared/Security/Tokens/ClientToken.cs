using System.Text;

namespace Maml.Cluster.Shared.Security;

/// <summary>The token that a client shows, from a file that may change or from a text that does not. Safe for use by several threads.</summary>
public sealed class ClientToken
{
    private readonly Func<string> _current;

    private ClientToken(Func<string> current) => _current = current;

    /// <summary>The newest token.</summary>
    public string Current => _current();

    /// <summary>A token from a file, read again when it changes.</summary>
    /// <exception cref="SecurityFileException">The file holds no token.</exception>
    public static ClientToken OfFile(string path, ISecurityReports reports, TimeProvider time)
    {
        var files = new ReloadedFiles<string>([path], contents => Parse(Encoding.UTF8.GetString(contents[0]), $"'{path}'"), reports, time);
        return new ClientToken(() => files.Current);
    }

    /// <summary>A token from a text.</summary>
    /// <exception cref="SecurityFileException">The text is no token.</exception>
    public static ClientToken OfText(string text, string origin)
    {
        string token = Parse(text, origin);
        return new ClientToken(() => token);
    }

    private static string Parse(string text, string origin)
    {
        string token = text.Trim();
        return TokenRules.FaultOf(token) is { } fault ? throw new SecurityFileException($"{origin}: {fault}.") : token;
    }
}
