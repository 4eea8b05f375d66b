using Maml.Cluster.Worker.Hosting;
using Microsoft.Extensions.Configuration;

namespace Maml.Cluster.Worker.Tests.Hosting;

public sealed class WorkerOptionsTests
{
    private static readonly WorkerOptions Good = new() { Coordinator = new Uri("http://127.0.0.1:5100") };

    [Theory]
    [InlineData("http://127.0.0.1:5100")]
    [InlineData("http://localhost:5100")]
    [InlineData("http://[::1]:5100")]
    public void Validate_Loopback_IsFine(string address) => WorkerOptionsValidator.Validate(Good with { Coordinator = new Uri(address) }).ShouldBeEmpty();

    [Fact]
    public void Validate_Remote_NeedsTheInsecureOption()
    {
        WorkerOptions remote = Good with { Coordinator = new Uri("http://10.0.0.1:5100") };
        WorkerOptionsValidator.Validate(remote).ShouldHaveSingleItem().ShouldContain("--insecure-allow-remote");
        WorkerOptionsValidator.Validate(remote with { InsecureAllowRemote = true }).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_ManyFaults_NamesAll()
    {
        IReadOnlyList<string> faults = WorkerOptionsValidator.Validate(Good with
        {
            Coordinator = new Uri("ftp://127.0.0.1"),
            Device = "gpu",
            Name = " ",
            Threads = 0,
            ChunkSlots = 17,
            HealthPort = 70000,
            DrainTimeout = TimeSpan.Zero,
            MaximumReconnectDelay = TimeSpan.Zero,
            DataDirectory = "/does/not/exist",
        });
        string[] settings = ["Coordinator", "Device", "Name", "Threads", "ChunkSlots", "HealthPort", "DrainTimeout", "MaximumReconnectDelay", "DataDirectory"];
        foreach (string setting in settings) faults.ShouldContain(fault => fault.StartsWith(setting, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Settings_FillsOptions()
    {
        WorkerOptions options = WorkerOptionsReader.Read(Settings(
            ("coordinator", "http://localhost:1"), ("chunk_slots", "3"), ("health-port", "5200"), ("insecure-allow-remote", "true"), ("device", "cuda:1")));
        options.Coordinator.Port.ShouldBe(1);
        options.ChunkSlots.ShouldBe(3);
        options.HealthPort.ShouldBe(5200);
        options.InsecureAllowRemote.ShouldBeTrue();
        options.Device.ShouldBe("cuda:1");
        options.Threads.ShouldBe(1);
    }

    [Fact]
    public void Read_BadSettings_NamesAll()
    {
        string message = Should.Throw<WorkerException>(() => WorkerOptionsReader.Read(Settings(("threads", "many"), ("chunk-slots", "99")))).Message;
        message.ShouldContain("--coordinator");
        message.ShouldContain("--threads is 'many'");
        message.ShouldContain("ChunkSlots is 99");
    }

    private static IConfiguration Settings(params (string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build();
}
