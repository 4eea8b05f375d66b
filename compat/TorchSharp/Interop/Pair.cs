using System.Runtime.CompilerServices;

namespace TorchSharp.Interop;

/// <summary>Height and width, as convolutions and poolings take them: two numbers, or one for both.</summary>
[InlineArray(2)]
internal struct Pair
{
    private long _first;

    public static Pair Of(long height, long width)
    {
        Pair pair = default;
        pair[0] = height;
        pair[1] = width;
        return pair;
    }

    public static Pair Of((long Height, long Width) value) => Of(value.Height, value.Width);

    /// <exception cref="ArgumentException">There are neither one nor two numbers.</exception>
    public static Pair Of(long[] values, [CallerArgumentExpression(nameof(values))] string? name = null) => values.Length switch
    {
        1 => Of(values[0], values[0]),
        2 => Of(values[0], values[1]),
        _ => throw new ArgumentException($"{name} has {values.Length} numbers; expected one, or two for height and width.", name),
    };

    public static Pair OfOptional(long[]? values, Pair otherwise, [CallerArgumentExpression(nameof(values))] string? name = null) =>
        values is null ? otherwise : Of(values, name);
}
