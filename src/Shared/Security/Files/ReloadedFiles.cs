using System.Security.Cryptography;

namespace Maml.Cluster.Shared.Security;

/// <summary>
/// A value that is made from files, and made anew when their content has changed. Content that cannot be used is reported once and
/// leaves the value as it was. Safe for use by several threads.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class ReloadedFiles<T>
    where T : class
{
    // Content is compared, not dates: secrets of an orchestrator are swapped by a link to a folder, and clocks are coarse.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string> _paths;
    private readonly Func<IReadOnlyList<byte[]>, T> _parse;
    private readonly ISecurityReports _reports;
    private readonly TimeProvider _time;
    private T _value;
    private string _usedContent;
    private string? _refusedContent;
    private long _checked;
    private int _isChecking;

    /// <summary>Reads the files for the first time.</summary>
    /// <param name="paths">The files, which are read together.</param>
    /// <param name="parse">Makes the value, or throws <see cref="SecurityFileException"/>.</param>
    /// <param name="reports">Told of changes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SecurityFileException">The files cannot be used.</exception>
    public ReloadedFiles(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> parse, ISecurityReports reports, TimeProvider time)
    {
        _paths = paths;
        _parse = parse;
        _reports = reports;
        _time = time;
        byte[][] contents = [.. paths.Select(SmallFile.Read)];
        _value = parse(contents);
        _usedContent = Digest(contents);
        _checked = time.GetTimestamp();
    }

    /// <summary>The newest value; looks for changes when the last look is a second ago.</summary>
    public T Current
    {
        get
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _checked)) >= CheckInterval) Refresh();
            return Volatile.Read(ref _value);
        }
    }

    /// <summary>Looks for changes now.</summary>
    public void Refresh()
    {
        // Whoever comes meanwhile takes the value that there is.
        if (Interlocked.Exchange(ref _isChecking, 1) == 1) return;
        try
        {
            Reload();
            Volatile.Write(ref _checked, _time.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref _isChecking, 0);
        }
    }

    private void Reload()
    {
        string content = "";
        try
        {
            byte[][] contents = [.. _paths.Select(SmallFile.Read)];
            content = Digest(contents);
            if (content == _usedContent)
            {
                _refusedContent = null;
                return;
            }

            if (content == _refusedContent) return;
            Volatile.Write(ref _value, _parse(contents));
            _usedContent = content;
            _refusedContent = null;
            _reports.Reloaded($"{Names} changed; new connections use the new content.");
        }
        catch (SecurityFileException fault)
        {
            string refused = content.Length > 0 ? content : fault.Message;
            if (refused == _refusedContent) return;
            _refusedContent = refused;
            _reports.Warn($"{Names} changed and cannot be used; what was read before stays in use. {fault.Message}");
        }
    }

    private string Names => string.Join(" and ", _paths.Select(path => $"'{path}'"));

    private static string Digest(IEnumerable<byte[]> contents) =>
        string.Concat(contents.Select(content => Convert.ToHexString(SHA256.HashData(content))));
}
