using Maml.Cluster.Cli.LocalCluster;

namespace Maml.Cluster.Cli.Tests.LocalCluster;

public sealed class RestartPolicyTests
{
    private const int Killed = 137;

    [Fact]
    public void NextDelay_KilledAgainAndAgain_GrowsAndThenGivesUp()
    {
        var policy = new RestartPolicy();
        List<TimeSpan> delays = [];
        while (policy.NextDelay(TimeSpan.FromSeconds(1), Killed) is { } delay && delays.Count < 100) delays.Add(delay);
        delays.Count.ShouldBeInRange(3, 10);
        delays.ShouldBeInOrder();
        delays[^1].ShouldBeGreaterThan(delays[0]);
    }

    [Fact]
    public void NextDelay_KilledAfterAHealthyLife_BeginsAnew()
    {
        var policy = new RestartPolicy();
        TimeSpan? first = policy.NextDelay(TimeSpan.FromSeconds(1), Killed);
        for (int i = 0; i < 100; i++) policy.NextDelay(RestartPolicy.HealthyLife, Killed).ShouldBe(first);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NextDelay_RefusedToStart_GivesUpAtOnce(int exitCode) =>
        new RestartPolicy().NextDelay(TimeSpan.FromSeconds(1), exitCode).ShouldBeNull();

    [Fact]
    public void NextDelay_FailedAfterAHealthyLife_TriesAgain() =>
        new RestartPolicy().NextDelay(RestartPolicy.HealthyLife, exitCode: 1).ShouldNotBeNull();
}
