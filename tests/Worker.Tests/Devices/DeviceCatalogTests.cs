using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Tests.Devices;

public sealed class DeviceCatalogTests
{
    [Fact]
    public void List_AnyMachine_BeginsWithTheCpu()
    {
        DeviceDescription cpu = DeviceCatalog.List()[0];
        cpu.Name.ShouldBe("cpu");
        cpu.ProductName.ShouldNotBeNullOrWhiteSpace();
        cpu.MemoryBytes.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("cpu", true)]
    [InlineData("cuda", true)]
    [InlineData("cuda:3", true)]
    [InlineData("cuda:", false)]
    [InlineData("cuda:-1", false)]
    [InlineData("gpu", false)]
    [InlineData("", false)]
    public void IsName_Text_TellsForm(string text, bool expected) => DeviceCatalog.IsName(text).ShouldBe(expected);
}
