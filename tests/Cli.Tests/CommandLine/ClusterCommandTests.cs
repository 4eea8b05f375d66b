using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class ClusterCommandTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task Init_TwiceWithEitherOption_MakesTheTablesOnce()
    {
        string connection = await fixture.CreateDatabaseAsync();
        CommandResult first = await Support.Maml.RunAsync("cluster", "init", "--connection", connection);
        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("has all tables now");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("connection"), connection + "\n");
        CommandResult second = await Support.Maml.RunAsync("cluster", "init", "--connection-file", folder.File("connection"));
        second.ExitCode.ShouldBe(0, second.Errors);
        second.Output.ShouldContain("already");
    }

    [Fact]
    public async Task Init_NoDatabaseNamed_SaysHow()
    {
        CommandResult result = await Support.Maml.RunAsync("cluster", "init");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("--connection-file");
    }

    [Fact]
    public async Task Init_Unreachable_FailsWithoutThePassword()
    {
        CommandResult result = await Support.Maml.RunAsync("cluster", "init", "--connection", "Host=127.0.0.1;Port=1;Database=maml;Password=secret");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("127.0.0.1:1/maml");
        result.Errors.ShouldNotContain("secret");
        result.Errors.Trim().ShouldNotContain("\n");
    }
}
