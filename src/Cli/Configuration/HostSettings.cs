using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.Configuration;

/// <summary>Options of a host that have no word of their own on the command line.</summary>
internal static class HostSettings
{
    /// <summary>Reads options from <c>path=value</c>, where the path's parts are joined by dots and case does not matter.</summary>
    /// <exception cref="UsageException">There is no such option, or the value is of another kind.</exception>
    public static TOptions Read<TOptions>(IReadOnlyList<string> settings)
        where TOptions : class, new()
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0) throw new UsageException($"--set is '{setting}'; expected path=value, such as speculation.factor=3.");
            values[parts[0].Trim().Replace('.', ConfigurationPath.KeyDelimiter[0])] = parts[1].Trim();
        }

        try
        {
            return new ConfigurationBuilder().AddInMemoryCollection(values).Build()
                .Get<TOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException($"--set: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }
}
