using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Shared.Tests.Sessions;

public sealed class RedirectRulesTests
{
    [Theory]
    [InlineData("https://maml.example:5100", "https://maml-1.maml.example:5100")]
    [InlineData("http://127.0.0.1:5100", "http://127.0.0.1:5101")]
    [InlineData("http://127.0.0.1:5100", "https://maml-1.maml.example:5100")]
    public void Read_AsClosedAsTheConfiguredOne_IsFollowed(string home, string address) => Rules(home).Read(new Redirect { Address = address }).ShouldBe(new Uri(address));

    [Theory]
    [InlineData("https://maml.example:5100", "http://maml-1.maml.example:5100", "not encrypted")]
    [InlineData("https://maml.example:5100", "http://127.0.0.1:5100", "not encrypted")]
    [InlineData("http://127.0.0.1:5100", "http://maml-1.maml.example:5100", "plain text")]
    [InlineData("http://127.0.0.1:5100", "ftp://127.0.0.1", "expected an address")]
    [InlineData("http://127.0.0.1:5100", "maml-1", "expected an address")]
    [InlineData("http://127.0.0.1:5100", "", "expected an address")]
    [InlineData("https://maml.example:5100", "https://token@maml.example:5100", "user or password")]
    public void Read_MoreOpenThanTheConfiguredOne_IsRefusedByName(string home, string address, string fault)
    {
        ProtocolException thrown = Should.Throw<ProtocolException>(() => Rules(home).Read(new Redirect { Address = address }));
        thrown.Message.ShouldContain($"'{address}'");
        thrown.Message.ShouldContain(fault);
    }

    [Fact]
    public void Read_ListWithSomeThatAreNotDialled_LeavesThoseOut() =>
        Rules("https://maml.example:5100").Read(new CoordinatorList { Addresses = { "http://a:1", "https://b:1", "nonsense" } }).ShouldBe([new Uri("https://b:1")]);

    private static RedirectRules Rules(string home) => new(new Uri(home), new ClientCredentials(), insecureAllowRemote: false);
}
