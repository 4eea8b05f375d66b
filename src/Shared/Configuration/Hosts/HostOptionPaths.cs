using System.Reflection;

namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>The options that a record of options has, by their paths.</summary>
internal static class HostOptionPaths
{
    /// <summary>Every option that can be written as one value, by paths such as <c>security.tokensFile</c>.</summary>
    public static IReadOnlyDictionary<string, HostOption> Of(Type options)
    {
        var paths = new Dictionary<string, HostOption>(StringComparer.OrdinalIgnoreCase);
        Add(options, "", paths);
        return paths;
    }

    private static void Add(Type options, string prefix, Dictionary<string, HostOption> paths)
    {
        foreach (PropertyInfo property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true }) continue;
            string path = prefix + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (HostValue.IsSingle(type)) paths.Add(path, new HostOption(type, property.GetCustomAttribute<SecretOptionAttribute>()?.Advice));
            else if (!typeof(Delegate).IsAssignableFrom(type)) Add(type, path + ".", paths);
        }
    }
}
