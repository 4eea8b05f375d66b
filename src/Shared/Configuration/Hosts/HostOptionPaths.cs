using System.Reflection;

namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>The options that a record of options has, by their paths.</summary>
internal static class HostOptionPaths
{
    /// <summary>Every option that can be written as one value, as <c>security.tokensFile</c>, with its type.</summary>
    public static IReadOnlyDictionary<string, Type> Of(Type options)
    {
        var paths = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase);
        Add(options, "", paths);
        return paths;
    }

    private static void Add(Type options, string prefix, Dictionary<string, Type> paths)
    {
        foreach (PropertyInfo property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true }) continue;
            string path = prefix + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (HostValue.IsSingle(type)) paths.Add(path, type);
            else if (!typeof(Delegate).IsAssignableFrom(type)) Add(type, path + ".", paths);
        }
    }
}
