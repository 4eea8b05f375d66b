using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Shared.Tests.Telemetry;

public sealed class TelemetryOptionsValidatorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("http://collector:4317")]
    [InlineData("https://collector.example:4318/otlp")]
    public void Validate_NoneOrAnAddress_IsGood(string? endpoint) => Validate(endpoint).ShouldBeEmpty();

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("ftp://collector")]
    [InlineData("/collector")]
    public void Validate_NoAddress_SaysWhatWasFoundAndExpected(string endpoint) =>
        Validate(endpoint).ShouldBe([$"Telemetry.OtlpEndpoint: found '{endpoint}', expected an address such as http://collector:4317."]);

    private static IReadOnlyList<string> Validate(string? endpoint) => TelemetryOptionsValidator.Validate(
        new TelemetryOptions { OtlpEndpoint = endpoint is null ? null : new Uri(endpoint, UriKind.RelativeOrAbsolute) });
}
