namespace Grpc.Core;

/// <summary>How a call ended, with words for a person.</summary>
public readonly struct Status
{
    /// <summary><see cref="StatusCode.OK"/> with no detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, string.Empty);

    /// <summary><see cref="StatusCode.Cancelled"/> with no detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, string.Empty);

    /// <summary>Makes a status.</summary>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes a status that remembers an exception of this process.</summary>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>What kind of end it was.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>What happened, for a person to read; sent to the other side.</summary>
    public string Detail { get; }

    /// <summary>What led to the status on this side; never sent to the other.</summary>
    public Exception? DebugException { get; }

    /// <summary>All three parts on one line.</summary>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", "
            + $"DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
