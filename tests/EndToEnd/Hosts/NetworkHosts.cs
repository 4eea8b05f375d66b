using System.Diagnostics;
using System.Globalization;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Hosts;

/// <summary>Hosts with a network of their own on this machine: one namespace each, joined by a bridge in the first. Nothing leads out of it.</summary>
internal sealed class NetworkHosts : IDisposable
{
    private readonly List<string> _names = [];

    private NetworkHosts()
    {
    }

    /// <summary>Creates hosts.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidOperationException">This user, or this machine, may not.</exception>
    public static NetworkHosts Create(int count)
    {
        var hosts = new NetworkHosts();
        try
        {
            for (int host = 0; host < count; host++) hosts.Add(host);
            return hosts;
        }
        catch
        {
            hosts.Dispose();
            throw;
        }
    }

    /// <summary>Where a host is reached by the others.</summary>
    public static string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"10.99.0.{host + 1}");

    /// <summary>Starts the command line on a host.</summary>
    /// <param name="host">Which.</param>
    /// <param name="cache">The host's cache folder.</param>
    /// <param name="arguments">The command.</param>
    public MamlProcess Start(int host, string cache, params string[] arguments) =>
        MamlProcess.StartUnder(["ip", "netns", "exec", _names[host], "env", $"XDG_CACHE_HOME={cache}"], arguments);

    public void Dispose()
    {
        foreach (string name in _names) TryRun("netns", "delete", name);
    }

    private void Add(int host)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"maml-{Environment.ProcessId}-{host}");
        Run("netns", "add", name);
        _names.Add(name);
        RunOn(name, "link", "set", "lo", "up");
        if (host == 0)
        {
            RunOn(name, "link", "add", "hub", "type", "bridge");
            RunOn(name, "address", "add", $"{AddressOf(0)}/24", "dev", "hub");
            RunOn(name, "link", "set", "hub", "up");
            return;
        }

        string port = $"port{host}";
        RunOn(_names[0], "link", "add", port, "type", "veth", "peer", "name", "out", "netns", name);
        RunOn(_names[0], "link", "set", port, "master", "hub", "up");
        RunOn(name, "address", "add", $"{AddressOf(host)}/24", "dev", "out");
        RunOn(name, "link", "set", "out", "up");
    }

    private static void RunOn(string name, params string[] arguments) => Run(["-n", name, .. arguments]);

    private static void Run(params string[] arguments)
    {
        if (TryRun(arguments) is { } fault) throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {fault}");
    }

    private static string? TryRun(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
