using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Shared.Tests.Configuration.Hosts;

public sealed class HostConfigurationFileTests
{
    [Fact]
    public void Parse_SectionsAndValues_AreFlattenedWithTheirLines() =>
        HostConfigurationFile.Parse("port: 5100\nsecurity:\n  tokensFile: /tokens\n  keyFile:\n# end\n", "host.yaml").ShouldBe(
        [
            new HostSetting("port", "5100", "line 1", IsFromFile: true), new HostSetting("security.tokensFile", "/tokens", "line 3", IsFromFile: true),
        ]);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void Parse_NothingInIt_IsNoSettings(string yaml) => HostConfigurationFile.Parse(yaml, "host.yaml").ShouldBeEmpty();

    [Theory]
    [InlineData("- a\n", "line 1: found a list")]
    [InlineData("port: 1\nPort: 2\n", "Port (line 2): is given a second time, first at line 1")]
    [InlineData("ports: [1, 2]\n", "ports (line 1): found a list, expected one value")]
    [InlineData("port: {\n", "is not YAML")]
    public void Parse_WhatIsNoSetting_IsNamedWithItsLine(string yaml, string expected) =>
        Should.Throw<ConfigurationException>(() => HostConfigurationFile.Parse(yaml, "host.yaml")).Message.ShouldContain(expected);

    [Fact]
    public void Load_NoSuchFile_NamesIt() =>
        Should.Throw<ConfigurationException>(() => HostConfigurationFile.Load("/no/such/host.yaml")).Message.ShouldContain("/no/such/host.yaml");

    [Fact]
    public void FaultsOf_UnknownOptionsAndWrongValues_NamesAll()
    {
        IReadOnlyList<HostSetting> settings = HostConfigurationFile.Parse(
            "count: many\nwait: 5\nsection: { isOn: maybe, adress: x }\nwhen: 00:00:05\nlast: 1\n", "host.yaml");
        HostOptionChecks.FaultsOf<Options>(settings).Select(fault => fault.ToString()).ShouldBe(
        [
            "count (line 1): found 'many', expected a whole number",
            "wait (line 2): found '5', expected a duration as hours:minutes:seconds, such as 00:00:30",
            "section.isOn (line 3): found 'maybe', expected true or false",
            "section.adress (line 3): there is no such option; did you mean 'section.address'?",
            "when (line 4): there is no such option; expected one of count, wait, last, section.isOn, section.address",
        ]);
    }

    private sealed record Options
    {
        public int Count { get; init; }

        public TimeSpan Wait { get; init; }

        public int? Last { get; init; }

        public Inner Section { get; init; } = new();

        public Action? Hook { get; init; }
    }

    private sealed record Inner
    {
        public bool IsOn { get; init; }

        public string Address { get; init; } = "";

        public string Derived => Address;
    }
}
