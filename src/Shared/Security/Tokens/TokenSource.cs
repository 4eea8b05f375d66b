using System.Text;

namespace Maml.Cluster.Shared.Security;

/// <summary>The tokens that a coordinator accepts, from a file that may change or from a text that does not. Safe for use by several threads.</summary>
public sealed class TokenSource
{
    private readonly Func<TokenList> _current;
    private readonly Action _refresh;

    private TokenSource(Func<TokenList> current, Action refresh)
    {
        _current = current;
        _refresh = refresh;
    }

    /// <summary>The newest tokens.</summary>
    public TokenList Current => _current();

    /// <summary>Tokens from a file, read again when it changes.</summary>
    /// <exception cref="SecurityFileException">The file cannot be used; all faults are named.</exception>
    public static TokenSource OfFile(string path, ISecurityReports reports, TimeProvider time)
    {
        var files = new ReloadedFiles<TokenList>(
            [path], contents => TokenList.Parse(Encoding.UTF8.GetString(contents[0]), $"Tokens in '{path}'"), reports, time);
        return new TokenSource(() => files.Current, files.Refresh);
    }

    /// <summary>Tokens from a text, such as an environment variable.</summary>
    /// <exception cref="SecurityFileException">The text cannot be used; all faults are named.</exception>
    public static TokenSource OfText(string text, string origin)
    {
        TokenList tokens = TokenList.Parse(text, origin);
        return new TokenSource(() => tokens, () => { });
    }

    /// <summary>Looks for changes now.</summary>
    public void Refresh() => _refresh();
}
