using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>A chunk cannot be computed. The message goes to the coordinator.</summary>
internal sealed class ChunkException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ChunkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Says what a fault of the computation means for the one who sent the chunk.</summary>
    /// <param name="cause">The fault.</param>
    /// <param name="device">The device's name.</param>
    /// <param name="tasks">Tasks in the chunk.</param>
    public static ChunkException From(Exception cause, string device, int tasks) => cause switch
    {
        TaskException => new(cause.Message, cause),
        _ when IsOutOfMemory(cause) => new(
            $"Device {device} ran out of memory on a chunk of {tasks} tasks; choose a smaller chunk.tasks. libtorch says: {FirstLine(cause)}", cause),
        _ => new($"The computation failed on device {device}: {FirstLine(cause)}", cause),
    };

    // libtorch has no type of its own for it that crosses the language border; its CPU and CUDA allocators differ in words.
    private static bool IsOutOfMemory(Exception cause) =>
        cause is OutOfMemoryException
        || cause.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || cause.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);

    // What follows is libtorch's own call stack, of use to nobody on the other side.
    private static string FirstLine(Exception cause) => cause.Message.Split('\n', 2)[0].Trim();
}
