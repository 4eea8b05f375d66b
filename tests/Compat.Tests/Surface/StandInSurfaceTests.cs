using System.Reflection;
using Maml.Cluster.Tests.Surface;

namespace Maml.Cluster.Compat.Tests.Surface;

/// <summary>A stand-in may offer less than its package, never more: otherwise <c>src/</c> might not build against the package.</summary>
public sealed class StandInSurfaceTests
{
    [SharedFact]
    public void GrpcCoreApi_EveryMember_IsInThePackage() => ShouldBeInThePackage(typeof(global::Grpc.Core.Status).Assembly);

    [SharedFact]
    public void GrpcNetCommon_EveryMember_IsInThePackage() =>
        ShouldBeInThePackage(typeof(global::Grpc.Net.Compression.ICompressionProvider).Assembly);

    [SharedFact]
    public void TorchSharp_EveryMember_IsInThePackage() => ShouldBeInThePackage(typeof(global::TorchSharp.torch).Assembly);

    [SharedFact]
    public void PrometheusExporter_EveryMember_IsInThePackage() =>
        ShouldBeInThePackage(typeof(global::OpenTelemetry.Exporter.PrometheusAspNetCoreOptions).Assembly);

    private static void ShouldBeInThePackage(Assembly standIn)
    {
        Directory.Exists(SharedFolder.Surfaces).ShouldBeTrue(SharedFolder.Absence);
        string path = Path.Combine(SharedFolder.Surfaces, standIn.GetName().Name + ".txt");
        File.Exists(path).ShouldBeTrue($"The surface of the package is missing: looked for {path}.");

        SortedSet<string> members = SurfaceDescription.Of(standIn);
        members.ShouldNotBeEmpty();
        members.ExceptWith(File.ReadLines(path));

        members.ShouldBeEmpty(
            $"These members of the stand-in {standIn.GetName().Name} are not in {path}; remove them or mend their signatures.");
    }
}
