using System.Globalization;
using System.Reflection;

namespace Maml.Cluster.Tests.Surface;

/// <summary>Types, parameters and constants in the notation of the packages' surfaces.</summary>
internal static class SurfaceName
{
    /// <summary>A type with its namespace, outer types and generic arguments.</summary>
    public static string Of(Type type)
    {
        if (type.IsByRef)
            return $"ref {Of(type.GetElementType()!)}";
        if (type.IsPointer)
            return $"{Of(type.GetElementType()!)}*";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Of(underlying)}?";
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({Joined(type.GetGenericArguments().Select(Of))})";
        return Scope(type) + type.Name.Split('`')[0] + OfGenericArguments(OwnArguments(type));
    }

    /// <summary>A method's generic parameters, in angle brackets; nothing where it has none.</summary>
    public static string OfGenericArguments(MethodInfo method) =>
        OfGenericArguments(method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);

    /// <summary>Parameters with their types, names and default values.</summary>
    public static string OfParameters(IEnumerable<ParameterInfo> parameters) => Joined(parameters.Select(OfParameter));

    /// <summary>A constant.</summary>
    public static string OfValue(object? value) => value switch
    {
        null or DBNull or Missing => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    private static string OfParameter(ParameterInfo parameter)
    {
        bool isParams = parameter.GetCustomAttributesData().Any(attribute => attribute.AttributeType == typeof(ParamArrayAttribute));
        Type type = parameter.ParameterType;
        string passing = parameter.IsOut ? "out " : parameter.IsIn ? "in " : type.IsByRef ? "ref " : string.Empty;
        return (isParams ? "params " : string.Empty) + passing + $"{Of(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}"
            + (parameter.HasDefaultValue ? $" = {OfValue(parameter.RawDefaultValue)}" : string.Empty);
    }

    private static string Scope(Type type) => type.IsNested ? $"{Of(type.DeclaringType!)}."
        : string.IsNullOrEmpty(type.Namespace) ? string.Empty
        : $"{type.Namespace}.";

    /// <summary>Reflection repeats the outer type's arguments on a nested type; the notation does not.</summary>
    private static Type[] OwnArguments(Type type) =>
        type.GetGenericArguments()[(type.IsNested ? type.DeclaringType!.GetGenericArguments().Length : 0)..];

    private static string OfGenericArguments(Type[] arguments) =>
        arguments.Length == 0 ? string.Empty : $"<{Joined(arguments.Select(Of))}>";

    private static string Joined(IEnumerable<string> parts) => string.Join(", ", parts);
}
