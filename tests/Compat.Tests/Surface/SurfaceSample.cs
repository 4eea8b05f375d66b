namespace Maml.Cluster.Compat.Tests.Surface;

/// <summary>One member of each sort that the notation knows, and some that it leaves out.</summary>
#pragma warning disable CA1000 // A static member of a generic type is one of the sorts.
public abstract class SurfaceSample<T>
    where T : notnull
{
    public const string Constant = "text";

    protected static readonly int? Number = 7;

    protected SurfaceSample(params T[] items) => Items = items;

    public event EventHandler? Changed;

    public delegate void Callback(T item);

    public T[] Items { get; private set; }

    protected internal abstract long this[int index] { get; set; }

    public static bool operator !(SurfaceSample<T> sample) => sample is null;

    public static (int, string) Method<TOther>(
        ref T first, out int[,] second, in double third, TOther fourth, bool last = true)
    {
        second = new int[0, 0];
        return (last ? 1 : 0, $"{first} {third} {fourth}");
    }

    internal void Internal() => Changed?.Invoke(this, EventArgs.Empty);

    private protected abstract void PrivateProtected();

    public readonly struct Nested<TInner>
    {
        public Dictionary<T, TInner> Both() => [];
    }
}
