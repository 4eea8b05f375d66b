using Maml.Cluster.Coordinator.Storage.Postgres;
using Npgsql;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

public sealed class OrleansConnectionTests
{
    [Theory]
    [InlineData("Host=db;Password=secret", 8)]
    [InlineData("Host=db;Password=secret;Maximum Pool Size=3", 3)]
    [InlineData("Host=db;Password=secret;MaxPoolSize=200", 200)]
    public void Of_Text_LimitsThePoolUnlessItSays(string text, int expected)
    {
        var settings = new NpgsqlConnectionStringBuilder(OrleansConnection.Of(text));
        (settings.Host, settings.Password, settings.MaxPoolSize).ShouldBe(("db", "secret", expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host")]
    [InlineData("Database=maml")]
    public void Of_TextThatCannotBeUsed_LeavesItAsItIs(string text) => OrleansConnection.Of(text).ShouldBe(text);
}
