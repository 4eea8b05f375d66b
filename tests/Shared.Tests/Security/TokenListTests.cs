using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Shared.Tests.Security;

public sealed class TokenListTests
{
    private const string Good = "0123456789abcdef";

    [Fact]
    public void Parse_CommentsSpacesAndSemicolons_AreUnderstood()
    {
        TokenList tokens = TokenList.Parse($"# who gets in\n\n  worker\tgpu-pool  A{Good}  # all of it\noperator ann B{Good}; viewer grafana C{Good}\r\n", "tokens");
        tokens.Count.ShouldBe(3);
        tokens.Identify($"A{Good}").ShouldBe(new Caller("gpu-pool", Role.Worker));
        tokens.Identify($"B{Good}").ShouldBe(new Caller("ann", Role.Operator));
        tokens.Identify($"C{Good}").ShouldBe(new Caller("grafana", Role.Viewer));
        foreach (string wrong in new[] { "", Good, $"A{Good} ", $"a{Good}", $"A{Good}A" }) tokens.Identify(wrong).ShouldBeNull();
    }

    [Fact]
    public void Parse_ManyFaults_NamesEachByItsLineAndNoToken()
    {
        const string secret = "s3cret-9f8e7d6c5b4a";
        string text = string.Join('\n',
            $"boss ann {secret}1",
            $"worker {secret}2",
            $"worker a*b {secret}3",
            "worker short 123",
            "worker weak aaaaaaaaaaaaaaaaaaaa",
            "worker odd \"0123456789abcdefg\"",
            "worker left REPLACE-ME-0123456789",
            "worker lazy ChangeMe0123456789",
            $"worker first {secret}9",
            $"viewer second {secret}9",
            $"viewer first {secret}11");
        string message = Should.Throw<SecurityFileException>(() => TokenList.Parse(text, "'tokens'")).Message;
        message.ShouldStartWith("'tokens': ");
        string[] faults =
        [
            "line 1: the first word is no role, expected worker, operator or viewer", "line 2: found 2 words", "line 3: the name",
            "line 4: the token has 3 characters", "line 5: the token has 1 different", "line 6: the token holds characters",
            "line 7: the token is a placeholder, since it contains 'replace'", "line 8: the token is a placeholder, since it contains 'changeme'",
            "line 10: the token is that of line 9", "line 11: the name is that of line 9",
        ];
        foreach (string fault in faults) message.ShouldContain(fault);
        message.ShouldNotContain("s3cret");
        message.ShouldNotContain("line 9: ");
    }

    [Fact]
    public void Parse_NothingInIt_IsRefused() =>
        Should.Throw<SecurityFileException>(() => TokenList.Parse("# later\n", "'tokens'")).Message.ShouldContain("role name token");
}
