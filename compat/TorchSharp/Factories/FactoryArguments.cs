namespace TorchSharp;

/// <summary>Checks that the ways to make a tensor share.</summary>
internal static class FactoryArguments
{
    /// <exception cref="ArgumentException">There are names; dimensions have none here.</exception>
    public static void RefuseNames(string[]? names)
    {
        if (names is { Length: > 0 })
            throw new ArgumentException("Names for dimensions are not supported by this stand-in for TorchSharp; leave them out.", nameof(names));
    }
}
