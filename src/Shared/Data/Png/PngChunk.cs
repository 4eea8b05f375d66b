namespace Maml.Cluster.Shared.Data;

/// <summary>One chunk whose checksum was right.</summary>
internal readonly ref struct PngChunk(string type, ReadOnlySpan<byte> data)
{
    public string Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Critical chunks, those with a capital first letter, may not be passed over.</summary>
    public bool IsCritical => char.IsAsciiLetterUpper(Type[0]);
}
