using System.Reflection;

namespace Maml.Cluster.Tests.Surface;

/// <summary>The public and protected members of an assembly as text, one a line, in the notation of the packages' surfaces.</summary>
internal static class SurfaceDescription
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly string[] AccessorPrefixes = ["get_", "set_", "add_", "remove_"];

    /// <summary>Every line of an assembly, in ordinal order.</summary>
    public static SortedSet<string> Of(Assembly assembly) => Of(assembly.GetTypes().Where(IsVisible));

    /// <summary>Every line of some types, in ordinal order.</summary>
    public static SortedSet<string> Of(IEnumerable<Type> types) => new(types.SelectMany(Lines), StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(Declared).Select(Line).OfType<string>().Prepend($"type {Kind(type)} {SurfaceName.Of(type)}");

    /// <summary>The line of a member; null where it is neither public nor protected, and for accessors, which are in the line of their property.</summary>
    public static string? Line(MemberInfo member)
    {
        string owner = SurfaceName.Of(member.DeclaringType!);
        return member switch
        {
            ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) =>
                $"new {owner}({SurfaceName.OfParameters(constructor.GetParameters())})",
            MethodInfo method when IsVisible(method) && !IsAccessor(method) =>
                $"method {Static(method.IsStatic)}{SurfaceName.Of(method.ReturnType)} {owner}.{method.Name}"
                + $"{SurfaceName.OfGenericArguments(method)}({SurfaceName.OfParameters(method.GetParameters())})",
            PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) =>
                $"property {Static(property.GetAccessors(nonPublic: true)[0].IsStatic)}{SurfaceName.Of(property.PropertyType)} "
                + $"{owner}.{property.Name}[{SurfaceName.OfParameters(property.GetIndexParameters())}] "
                + $"{{{Accessor(property.GetMethod, " get;")}{Accessor(property.SetMethod, " set;")} }}",
            FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly =>
                $"field {Static(field.IsStatic)}{SurfaceName.Of(field.FieldType)} {owner}.{field.Name}"
                + (field.IsLiteral ? $" = {SurfaceName.OfValue(field.GetRawConstantValue())}" : string.Empty),
            EventInfo { AddMethod: { } add } @event when IsVisible(add) =>
                $"event {SurfaceName.Of(@event.EventHandlerType!)} {owner}.{@event.Name}",
            _ => null,
        };
    }

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && AccessorPrefixes.Any(prefix => method.Name.StartsWith(prefix, StringComparison.Ordinal));

    private static string Accessor(MethodInfo? accessor, string text) => accessor is not null && IsVisible(accessor) ? text : string.Empty;

    private static string Static(bool isStatic) => isStatic ? "static " : string.Empty;

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ when type.BaseType == typeof(MulticastDelegate) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };
}
