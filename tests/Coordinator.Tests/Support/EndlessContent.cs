using System.Net;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A body that begins and does not go on until it is disposed.</summary>
/// <param name="beginning">What is sent.</param>
internal sealed class EndlessContent(params byte[] beginning) : HttpContent
{
    private readonly TaskCompletionSource _ended = new();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(beginning);
        await stream.FlushAsync();
        await _ended.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        _ended.TrySetResult();
        base.Dispose(disposing);
    }
}
