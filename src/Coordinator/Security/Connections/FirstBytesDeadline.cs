using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>Closes connections whose first bytes do not come in time; HTTP/2 begins with 24 of them.</summary>
internal sealed class FirstBytesDeadline(ConnectionDelegate next, TimeSpan limit, TimeProvider time)
{
    private const int PrefaceBytes = 24;

    /// <summary>Waits for the first bytes, leaves them where they are, and lets the connection go on.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, connection.ConnectionClosed);
        try
        {
            PipeReader input = connection.Transport.Input;
            ReadResult read = await input.ReadAtLeastAsync(PrefaceBytes, ended.Token);
            input.AdvanceTo(read.Buffer.Start);
            if (read.Buffer.Length < PrefaceBytes) return;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Nobody is there to be told.
            connection.Abort();
            return;
        }

        await next(connection);
    }
}
