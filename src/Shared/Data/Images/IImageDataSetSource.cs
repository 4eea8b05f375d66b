namespace Maml.Cluster.Shared.Data;

/// <summary>Files that a data set can be decoded from.</summary>
public interface IImageDataSetSource
{
    /// <summary>
    /// A short lowercase hex string that changes whenever the files may have changed (paths, sizes, times of writing) or are decoded
    /// in another way. Cheap: it reads no content.
    /// </summary>
    /// <exception cref="DataSetException">The files are not there.</exception>
    string Fingerprint();

    /// <summary>Reads and decodes every picture.</summary>
    /// <exception cref="DataSetException">A file is missing, torn or not what it must be.</exception>
    ImageDataSet Decode(CancellationToken cancellationToken);
}
