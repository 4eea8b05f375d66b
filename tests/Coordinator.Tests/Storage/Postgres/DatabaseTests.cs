using Maml.Cluster.Coordinator.Storage.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Do_NobodyListens_SaysWhereAndIsAnIOException()
    {
        await using Database database = Database.Open("Host=127.0.0.1;Port=1;Database=maml;Username=maml;Password=secret");
        IOException fault = Should.Throw<IOException>(() => database.Do(_ => true));
        fault.Message.ShouldContain("127.0.0.1:1/maml");
        fault.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Host=db;Passwort=secret")]
    [InlineData("Host=db;Port=secret")]
    [InlineData("Password=secret")]
    [InlineData("secret")]
    [InlineData("")]
    public void Open_UnusableText_IsRefusedWithoutQuotingIt(string text)
    {
        DatabaseException fault = Should.Throw<DatabaseException>(() => Database.Open(text));
        fault.Message.ShouldNotContain("secret");
        fault.Message.ShouldContain("Host=db");
    }

    [Fact]
    public void ToString_OfOptions_LeavesTheSecretOut() =>
        new DatabaseOptions { Connection = "Password=secret" }.ToString().ShouldNotContain("secret");
}
