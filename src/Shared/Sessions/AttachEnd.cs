namespace Maml.Cluster.Shared.Sessions;

/// <summary>How a session ended.</summary>
public abstract record AttachEnd
{
    private AttachEnd()
    {
    }

    /// <summary>In good order: everything held was finished, and nobody shall dial again.</summary>
    public sealed record Left : AttachEnd;

    /// <summary>The stream ended or broke; dial again.</summary>
    public sealed record Lost : AttachEnd;

    /// <summary>The coordinator sent it to another, and everything held was finished.</summary>
    /// <param name="Address">Where to dial next.</param>
    /// <param name="WasAttached">Whether it was welcomed before.</param>
    public sealed record SentOn(Uri Address, bool WasAttached) : AttachEnd;
}
