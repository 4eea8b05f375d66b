using Grpc.Core;

namespace Maml.Cluster.Compat.Tests.Headers;

public sealed class MetadataTests
{
    [Fact]
    public void Add_KeyWithCapitals_IsKeptInLowerCase()
    {
        Metadata metadata = new() { { "X-Run", "7" } };

        metadata.Single().Key.ShouldBe("x-run");
        metadata.GetValue("x-run").ShouldBe("7");
    }

    [Theory]
    [Trait("Of", "StandIn")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("colon:")]
    [InlineData("ümlaut")]
    public void Add_KeyThatIsNoHeaderName_IsRefusedByName(string key) =>
        Should.Throw<ArgumentException>(() => new Metadata().Add(key, "value")).Message.ShouldContain($"'{key}'");

    [Fact]
    public void Add_TextUnderABinaryKey_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Metadata().Add("x-bin", "text"));

    [Fact]
    public void Add_BytesUnderATextKey_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Metadata().Add("x-text", new byte[] { 1 }));

    [Fact]
    public void Get_KeyThatStandsTwice_GivesTheLast()
    {
        Metadata metadata = new() { { "x-a", "1" }, { "x-b", "2" }, { "x-a", "3" } };

        metadata.GetValue("x-a").ShouldBe("3");
        metadata.GetAll("x-a").Select(entry => entry.Value).ShouldBe(["1", "3"]);
        metadata.Get("x-c").ShouldBeNull();
        metadata.GetValueBytes("x-c").ShouldBeNull();
    }

    [Fact]
    public void ValueBytes_Changed_LeaveTheEntryAsItWas()
    {
        byte[] bytes = [1, 2, 3];
        Metadata.Entry entry = new("x-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        entry.ValueBytes.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Empty_AnyChange_IsRefused()
    {
        Metadata.Empty.IsReadOnly.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => Metadata.Empty.Add("x-a", "1"));
        Should.Throw<InvalidOperationException>(Metadata.Empty.Clear);
        Metadata.Empty.Count.ShouldBe(0);
    }
}
