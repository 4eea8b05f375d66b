namespace Maml.Cluster.Shared.Data;

/// <summary>Omniglot under a folder, for <see cref="ImageDataSetCache"/>.</summary>
public sealed class OmniglotSource : IImageDataSetSource
{
    private readonly string path;
    private readonly OmniglotLayout layout;

    /// <summary>The folder that <see cref="OmniglotReader.Read(string, CancellationToken)"/> reads.</summary>
    public OmniglotSource(string path)
        : this(path, OmniglotLayout.Published)
    {
    }

    internal OmniglotSource(string path, OmniglotLayout layout)
    {
        this.path = path;
        this.layout = layout;
    }

    /// <inheritdoc/>
    public string Fingerprint() => OmniglotLocation.Find(path).Fingerprint();

    /// <inheritdoc/>
    public ImageDataSet Decode(CancellationToken cancellationToken) => OmniglotReader.Read(path, layout, cancellationToken);
}
