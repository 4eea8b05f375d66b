namespace Grpc.Core;

/// <summary>Which side of a call sends more than one message.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>A stream of requests, one response.</summary>
    ClientStreaming,

    /// <summary>One request, a stream of responses.</summary>
    ServerStreaming,

    /// <summary>A stream of requests and, independently of it, a stream of responses.</summary>
    DuplexStreaming,
}
