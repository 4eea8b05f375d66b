using System.Reflection;
using Maml.Cluster.Tests.Surface;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Surface;

/// <summary>
/// The coordinator uses nothing of Orleans that the published surface does not have, which is of an older version than the one that is
/// built with: so it builds with either.
/// </summary>
public sealed class OrleansSurfaceTests
{
    // The surface is of the types that hosting, grains, reminders and clustering need; these are none of them.
    private static readonly string[] TypesLeftOut = ["Orleans.Runtime.IFatalErrorHandler", "Orleans.Configuration.SiloConnectionOptions"];
    private static readonly string[] PackagesLeftOut = ["Orleans.Connections.Security"];

    [SharedFact]
    public void Coordinator_WhatItUsesOfOrleans_IsInThePublishedSurface()
    {
        Directory.Exists(SharedFolder.Surfaces).ShouldBeTrue(SharedFolder.Absence);
        HashSet<string> surface = [.. File.ReadLines(Path.Combine(SharedFolder.Surfaces, "Orleans.txt"))];
        string[] used = [.. MembersUsed.By(OwnTypes(), IsOrleans).Where(member => !TypesLeftOut.Contains(Owner(member).FullName)).Select(Describe)];

        used.Length.ShouldBeGreaterThan(20);
        used.Where(line => !surface.Contains(line)).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    // What Orleans' generator writes into the assembly is Orleans' own affair.
    private static IEnumerable<Type> OwnTypes() =>
        typeof(Maml.Cluster.Coordinator.Hosting.CoordinatorHost).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true);

    private static bool IsOrleans(Assembly assembly) =>
        assembly.GetName().Name is { } name && name.StartsWith("Orleans", StringComparison.Ordinal) && !PackagesLeftOut.Contains(name);

    private static Type Owner(MemberInfo member) => member as Type ?? member.DeclaringType!;

    private static string Describe(MemberInfo member) =>
        member is Type type ? SurfaceDescription.Of([type]).Single(line => line.StartsWith("type ", StringComparison.Ordinal)) : SurfaceDescription.Line(member) ?? $"{member}";
}
