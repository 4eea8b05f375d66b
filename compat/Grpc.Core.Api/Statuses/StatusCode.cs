namespace Grpc.Core;

/// <summary>How a call ended. The numbers are those of the wire.</summary>
public enum StatusCode
{
    /// <summary>Done.</summary>
    OK = 0,

    /// <summary>Given up, usually by the caller.</summary>
    Cancelled = 1,

    /// <summary>Failed for a reason that was not passed on, such as an exception in a handler.</summary>
    Unknown = 2,

    /// <summary>The request can never be right, whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The time ran out first; the work may have been done all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or a size limit was passed.</summary>
    ResourceExhausted = 8,

    /// <summary>The server is not in a state for this; retrying alone does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>Lost against a concurrent operation; retry from further up.</summary>
    Aborted = 10,

    /// <summary>Past the end of something that may grow.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method.</summary>
    Unimplemented = 12,

    /// <summary>Something that must hold was broken, on the wire or in the server.</summary>
    Internal = 13,

    /// <summary>Not now; the same call may succeed later.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller has shown no valid credentials.</summary>
    Unauthenticated = 16,
}
