using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tasks.Images;

/// <summary>Takes the images that an <see cref="ImageTaskReader"/> finds, each a class of a task at a time. All of them are in the data set.</summary>
internal interface IImageTarget
{
    /// <summary>Takes the support examples of a class.</summary>
    /// <param name="image">The class.</param>
    /// <param name="label">Its position in the task.</param>
    /// <param name="first">Where its first example stands among the support examples of the chunk; the others follow.</param>
    void TakeSupport(ImageClass image, int label, int first);

    /// <summary>Takes the query examples of a class.</summary>
    /// <param name="image">The class.</param>
    /// <param name="label">Its position in the task.</param>
    /// <param name="first">Where its first example stands among the query examples of the chunk; the others follow.</param>
    void TakeQuery(ImageClass image, int label, int first);
}
