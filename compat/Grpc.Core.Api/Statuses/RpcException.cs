namespace Grpc.Core;

/// <summary>
/// A call that did not end with <see cref="StatusCode.OK"/>. A handler throws it to choose the status; a client gets it.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Fails with a status and no trailers.</summary>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Fails with a status and a message of its own for this side.</summary>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Fails with a status and trailers.</summary>
    /// <exception cref="ArgumentNullException">The trailers are null.</exception>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Fails with a status, trailers and a message of its own for this side.</summary>
    /// <exception cref="ArgumentNullException">The trailers are null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>, handy in exception filters.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>What the server sent beside the status; may be empty, never null.</summary>
    public Metadata Trailers { get; }
}
