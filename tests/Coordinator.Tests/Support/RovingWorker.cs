using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A worker that goes where coordinators send it, by the loop that real ones have, and computes nothing.</summary>
internal sealed class RovingWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly Doors _doors;
    private readonly RedirectRules _rules;
    private readonly AttachChannels<GrpcChannel> _channels;
    private readonly Task _running;
    private volatile Uri? _attached;

    public RovingWorker(Uri home, string name = "roving")
    {
        Name = name;
        _doors = new Doors(home);
        _rules = new RedirectRules(home, new ClientCredentials(), insecureAllowRemote: false);
        _channels = new AttachChannels<GrpcChannel>(home, GrpcChannel.ForAddress);
        _running = new AttachLoop(_doors, HoldAsync, TimeSpan.FromSeconds(1), TimeProvider.System, (_, _, _, _) => { }).RunAsync(_stopping.Token);
    }

    public string Name { get; }

    /// <summary>The coordinator that it is attached to; null while it is on its way.</summary>
    public Uri? Attached => _attached;

    /// <summary>How often it was sent on after it was let in.</summary>
    public int Moves { get; private set; }

    /// <summary>What it says once it is let in.</summary>
    public WorkerMessage? Says { get; init; }

    public async Task WaitAsync(Uri coordinator, Func<string>? explain = null)
    {
        for (int i = 0; i < 1200 && Attached != coordinator; i++) await Task.Delay(25);
        Attached.ShouldBe(coordinator, explain?.Invoke());
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channels.Dispose();
        _stopping.Dispose();
    }

    private async Task<AttachEnd> HoldAsync(CancellationToken stopping)
    {
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = AttachCall.Begin(_channels.To(_doors.Current), stopping);
        var hello = new Hello
        {
            ProtocolVersion = Greeting.ProtocolVersion, Name = Name, Device = "cpu", ChunkSlots = 1, Instance = _instance, Redirected = _doors.IsRedirected,
        };
        CoordinatorMessage answer = await Greeting.PerformAsync(call, hello, TimeProvider.System, stopping);
        if (answer.Redirect is { } door) return new AttachEnd.SentOn(_rules.Read(door), WasAttached: false);
        _attached = _doors.Current;
        try
        {
            if (Says is not null) await call.RequestStream.WriteAsync(Says, stopping);
            while (await call.ResponseStream.MoveNext(stopping))
            {
                CoordinatorMessage message = call.ResponseStream.Current;
                if (message.Coordinators is { } others) _doors.Learn(_rules.Read(others));
                if (message.Redirect is not { } redirect) continue;
                Moves++;
                await call.RequestStream.WriteAsync(new WorkerMessage { Draining = new WorkerDraining { Reason = "it is sent on" } }, stopping);
                await call.RequestStream.CompleteAsync();
                return new AttachEnd.SentOn(_rules.Read(redirect), WasAttached: true);
            }
        }
        catch (RpcException)
        {
            // The coordinator has ended.
        }
        finally
        {
            _attached = null;
        }

        return new AttachEnd.Lost();
    }
}
