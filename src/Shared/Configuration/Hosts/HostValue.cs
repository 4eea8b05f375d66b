using System.ComponentModel;
using System.Globalization;

namespace Maml.Cluster.Shared.Configuration.Hosts;

/// <summary>Values of options as text.</summary>
internal static class HostValue
{
    /// <summary>Whether an option of this type is one value, and not a group of options.</summary>
    public static bool IsSingle(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri);

    /// <summary>What a text should have been; null when it can be read.</summary>
    public static string? ExpectationMissedBy(string text, Type type)
    {
        // A bare number would be days to .NET, and to nobody else.
        if (type == typeof(TimeSpan))
            return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : "a duration as hours:minutes:seconds, such as 00:00:30";
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException)
        {
            return Describe(type);
        }
    }

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        TypeCode.Boolean => "true or false",
        TypeCode.Single or TypeCode.Double => "a number",
        _ when type == typeof(Uri) => "an address such as https://coordinator:5100",
        _ => "a whole number",
    };
}
