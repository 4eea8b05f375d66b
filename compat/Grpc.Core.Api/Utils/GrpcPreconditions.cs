namespace Grpc.Core.Utils;

/// <summary>What methods ask of their arguments; the reflection package asks this only.</summary>
public static class GrpcPreconditions
{
    /// <summary>Refuses null.</summary>
    public static T CheckNotNull<T>(T reference) => reference is null ? throw new ArgumentNullException(nameof(reference)) : reference;

    /// <summary>Refuses null, and names what it was found in.</summary>
    public static T CheckNotNull<T>(T reference, string paramName) => reference is null ? throw new ArgumentNullException(paramName) : reference;
}
