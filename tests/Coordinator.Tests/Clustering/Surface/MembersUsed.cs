using System.Reflection;
using System.Reflection.Emit;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Surface;

/// <summary>What an assembly's own code uses of other assemblies: read from its instructions, base types, interfaces and attributes.</summary>
internal static class MembersUsed
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Types and members, as their assemblies define them (open where they are generic).</summary>
    /// <param name="types">The types whose code is read.</param>
    /// <param name="isWanted">Which assemblies' members to name.</param>
    public static IEnumerable<MemberInfo> By(IEnumerable<Type> types, Predicate<Assembly> isWanted) =>
        types.SelectMany(Of).Select(Definition).Where(member => isWanted(member.Module.Assembly)).Distinct();

    private static IEnumerable<MemberInfo> Of(Type type)
    {
        IEnumerable<MethodBase> methods = type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));
        IEnumerable<MemberInfo> outside = type.GetInterfaces();
        if (type.BaseType is { } parent) outside = outside.Append(parent);
        return outside.Concat(type.CustomAttributes.Select(attribute => attribute.Constructor)).Concat(methods.SelectMany(InBody));
    }

    private static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)((value << 8) | code[at++]);
            OpCode instruction = OpCodes[value];
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            at += SizeOfOperand(instruction.OperandType, code, at);
        }
    }

    private static int SizeOfOperand(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    // An accessor stands for its property.
    private static MemberInfo Definition(MemberInfo member)
    {
        MemberInfo open = member is Type { HasElementType: true } array ? Definition(array.GetElementType()!)
            : member is Type { IsGenericParameter: true } ? typeof(object)
            : member.Module.ResolveMember(member.MetadataToken)!;
        return open is MethodInfo { IsSpecialName: true } accessor
            ? accessor.DeclaringType!.GetProperties(Declared).FirstOrDefault(property => property.GetAccessors(nonPublic: true).Contains(accessor)) ?? open
            : open;
    }
}
