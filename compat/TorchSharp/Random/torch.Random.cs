namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="Generator.manual_seed"/>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
}
