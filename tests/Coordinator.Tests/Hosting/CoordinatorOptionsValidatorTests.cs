using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Hosting;

public sealed class CoordinatorOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => CoordinatorOptionsValidator.Validate(new CoordinatorOptions()).ShouldBeEmpty();

    [Fact]
    public void Validate_SeveralFaults_NamesAll()
    {
        IReadOnlyList<string> faults = CoordinatorOptionsValidator.Validate(new CoordinatorOptions
        {
            ListenAddress = "somewhere",
            Port = 70000,
            RunsDirectory = " ",
            MissedHeartbeats = 1,
            HeartbeatInterval = TimeSpan.Zero,
            LeaseDuration = TimeSpan.FromDays(2),
            StopGrace = TimeSpan.FromSeconds(-1),
        });
        faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(
            ["ListenAddress", "Port", "RunsDirectory", "MissedHeartbeats", "HeartbeatInterval", "LeaseDuration", "StopGrace"]);
    }

    [Fact]
    public void Validate_FaultsOfScheduling_NamesAll()
    {
        IReadOnlyList<string> faults = CoordinatorOptionsValidator.Validate(new CoordinatorOptions
        {
            Retries = new RetryOptions { FirstDelay = TimeSpan.Zero, LongestDelay = TimeSpan.FromDays(2), MaximumFailures = 0 },
            Speculation = new SpeculationOptions { Factor = double.NaN, MaximumShare = 0, MinimumAge = TimeSpan.Zero, MaximumExtraLeases = 0 },
            Quarantine = new QuarantineOptions
            {
                FirstDuration = TimeSpan.FromSeconds(2), LongestDuration = TimeSpan.FromSeconds(1), StrikeLimit = 0, ResultsPerStrike = 0,
            },
        });
        faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(
        [
            "Retries.FirstDelay", "Retries.LongestDelay", "Retries.MaximumFailures", "Speculation.Factor", "Speculation.MaximumShare",
            "Speculation.MinimumAge", "Speculation.MaximumExtraLeases", "Quarantine.LongestDuration", "Quarantine.StrikeLimit",
            "Quarantine.ResultsPerStrike",
        ]);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, true, true)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, false, false)]
    public void Validate_AddressBeyondLoopback_NeedsTlsAndCredentials(bool hasTls, bool hasTokens, bool hasAuthorities, bool isFine) =>
        (CoordinatorOptionsValidator.Validate(new CoordinatorOptions
        {
            ListenAddress = "0.0.0.0",
            Security = new()
            {
                CertificateFile = hasTls ? "a" : null,
                KeyFile = hasTls ? "b" : null,
                TokensFile = hasTokens ? "c" : null,
                ClientAuthorityFile = hasAuthorities ? "d" : null,
            },
        }).Count == 0).ShouldBe(isFine);

    [Fact]
    public void Validate_SecurityFaults_NamesAllAndNoToken()
    {
        var options = new CoordinatorOptions
        {
            ListenAddress = "10.0.0.1",
            Security = new() { KeyFile = "key", TokensFile = "tokens", Tokens = "worker a s3cret-0123456789", ClientAuthorityFile = "ca" },
            Limits = new() { Connections = 0, Workers = -1, HandshakeTime = TimeSpan.Zero },
        };
        IReadOnlyList<string> faults = CoordinatorOptionsValidator.Validate(options);
        faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(
            ["CertificateFile", "TokensFile", "ClientAuthorityFile", "ListenAddress", "Connections", "Workers", "HandshakeTime"]);
        string.Join(' ', faults).ShouldNotContain("s3cret");
        options.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("192.168.0.1", false, false)]
    [InlineData("0.0.0.0", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    public void Validate_AddressBeyondLoopback_NeedsTheInsecureOption(string address, bool isAllowed, bool isFine) =>
        (CoordinatorOptionsValidator.Validate(new CoordinatorOptions { ListenAddress = address, InsecureAllowRemote = isAllowed }).Count == 0).ShouldBe(isFine);
}
