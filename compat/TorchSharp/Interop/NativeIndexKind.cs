namespace TorchSharp.Interop;

/// <summary>The kinds of <see cref="NativeIndex"/>; the numbers are part of the native interface.</summary>
internal enum NativeIndexKind
{
    None = 0,
    Ellipsis = 1,
    Integer = 2,
    Boolean = 3,
    Slice = 4,
    Tensor = 5,
}
