using Grpc.Core;
using Maml.Cluster.Protos.Health.V1;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>Tells when a coordinator that stops has come to end its streams: its health says so.</summary>
internal sealed class WatchedEnd : IDisposable
{
    private readonly AsyncServerStreamingCall<HealthCheckResponse> _health;

    private WatchedEnd(AsyncServerStreamingCall<HealthCheckResponse> health) => _health = health;

    public static async Task<WatchedEnd> WatchAsync(TestCoordinator coordinator)
    {
        AsyncServerStreamingCall<HealthCheckResponse> health = new Health.HealthClient(coordinator.Channel).Watch(new HealthCheckRequest());
        (await health.ResponseStream.MoveNext(default)).ShouldBeTrue();
        return new WatchedEnd(health);
    }

    public async Task WaitAsync()
    {
        (await _health.ResponseStream.MoveNext(default)).ShouldBeTrue();
        _health.ResponseStream.Current.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing);
    }

    public void Dispose() => _health.Dispose();
}
