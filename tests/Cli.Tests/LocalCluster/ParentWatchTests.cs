using System.IO.Pipes;
using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Tests.LocalCluster;

public sealed class ParentWatchTests
{
    [Fact]
    public async Task Wait_OtherEndIsClosed_Completes()
    {
        var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        using var child = new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle);
        Task gone = ParentWatch.WaitAsync(child, CancellationToken.None);
        await parent.WriteAsync("ignored"u8.ToArray());
        (await Task.WhenAny(gone, Task.Delay(200))).ShouldNotBe(gone);
        await parent.DisposeAsync();
        await gone.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
