namespace Grpc.Core;

/// <summary>Wishes for how a message is sent.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 1,

    /// <summary>The message is sent as it is, even where the call compresses.</summary>
    NoCompress = 2,
}
