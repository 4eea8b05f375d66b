using Maml.Cluster.Tests.Surface;

namespace Maml.Cluster.Compat.Tests.Surface;

public sealed class SurfaceDescriptionTests
{
    private const string Sample = "Maml.Cluster.Compat.Tests.Surface.SurfaceSample<T>";

    [Fact]
    public void Of_AClassWithEverySortOfMember_NamesThoseThatOthersSee() =>
        SurfaceDescription.Of([typeof(SurfaceSample<>)]).ShouldBe(
        [
            $"event System.EventHandler {Sample}.Changed",
            $"field static System.Int32? {Sample}.Number",
            $"field static System.String {Sample}.Constant = \"text\"",
            $"method static (System.Int32, System.String) {Sample}.Method<TOther>"
                + "(ref T first, out System.Int32[,] second, in System.Double third, TOther fourth, System.Boolean last = true)",
            $"method static System.Boolean {Sample}.op_LogicalNot({Sample} sample)",
            $"new {Sample}(params T[] items)",
            $"property System.Int64 {Sample}.Item[System.Int32 index] {{ get; set; }}",
            $"property T[] {Sample}.Items[] {{ get; }}",
            $"type abstract class {Sample}",
        ]);

    [Fact]
    public void Of_NestedTypes_NamesTheOuterOnesOnce()
    {
        SortedSet<string> lines = SurfaceDescription.Of(
            [typeof(SurfaceSample<>.Nested<>), typeof(SurfaceSample<>.Callback), typeof(DayOfWeek), typeof(Math), typeof(IDisposable)]);

        lines.ShouldContain($"type struct {Sample}.Nested<TInner>");
        lines.ShouldContain($"method System.Collections.Generic.Dictionary<T, TInner> {Sample}.Nested<TInner>.Both()");
        lines.ShouldContain($"type delegate {Sample}.Callback");
        lines.ShouldContain($"method System.Void {Sample}.Callback.Invoke(T item)");
        lines.ShouldContain("field static System.DayOfWeek System.DayOfWeek.Monday = 1");
        lines.ShouldContain("type static class System.Math");
        lines.ShouldContain("type interface System.IDisposable");
    }
}
