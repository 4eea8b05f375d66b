namespace Maml.Cluster.Shared.Data;

/// <summary>Background or evaluation pictures, in a folder or in an archive.</summary>
internal interface IOmniglotHalf : IDisposable
{
    /// <summary>The folder or the archive, for messages.</summary>
    string Path { get; }

    /// <summary>Files relative to the half, <c>alphabet/character/drawing.png</c> where all is well; hidden files left out.</summary>
    IReadOnlyList<string> Entries { get; }

    /// <summary>The content of one entry; safe to call from many threads.</summary>
    /// <exception cref="DataSetException">It cannot be read.</exception>
    byte[] Read(string entry);
}
