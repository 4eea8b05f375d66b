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

    [Fact]
    public void Read_FileAndArguments_ArgumentsWin()
    {
        string file = Write("coordinator: https://coordinator:5100\nchunkSlots: 3\nthreads: 2\ndrainTimeout: 00:00:45\nmonitoring:\n  listenAddress: 0.0.0.0\n  port: 9464\n");
        WorkerOptions options = WorkerOptionsReader.Read(["--config", file, "--threads=4"]);
        options.Coordinator.Host.ShouldBe("coordinator");
        (options.ChunkSlots, options.Threads, options.DrainTimeout).ShouldBe((3, 4, TimeSpan.FromSeconds(45)));
        options.Monitoring.ShouldBe(new() { ListenAddress = "0.0.0.0", Port = 9464 });
        File.Delete(file);
    }

    [Fact]
    public void Read_FileWithFaults_NamesAllAndNoSecret()
    {
        string file = Write("coordinator: http://127.0.0.1:1\nchunkSlot: 3\ntoken: s3cret-0123456789\ndrainTimeout: 45\nmonitoring: { prot: 1 }\n");
        string message = Should.Throw<WorkerException>(() => WorkerOptionsReader.Read(["--config", file, "--thread=4"])).Message;
        message.ShouldContain($"{file}: chunkSlot (line 2): there is no such option; did you mean 'chunkSlots'?");
        message.ShouldContain("token (line 3): a secret does not belong into a configuration");
        message.ShouldContain("--drain-timeout is '45'");
        message.ShouldContain("monitoring.prot (line 5): there is no such option; did you mean 'monitoring.port'?");
        message.ShouldContain("--thread: there is no such option; did you mean 'threads'?");
        message.ShouldNotContain("s3cret");
        File.Delete(file);
    }

    private static string Write(string yaml)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, yaml);
        return file;
    }

    private static IConfiguration Settings(params (string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build();
}
