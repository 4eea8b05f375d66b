using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Hosting;

public sealed class CoordinatorOptionsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_FileAndArguments_ArgumentsWin()
    {
        string file = Write("port: 6000\nstopGrace: 00:00:30\nmonitoring: { port: 9464 }\nlimits:\n  workers: 12\n");
        CoordinatorOptions options = CoordinatorOptionsReader.Read(["--config", file, "--port=7000", "--security:tokensFile=/tokens"]);
        options.Port.ShouldBe(7000);
        options.StopGrace.ShouldBe(TimeSpan.FromSeconds(30));
        options.Monitoring.Port.ShouldBe(9464);
        options.Limits.Workers.ShouldBe(12);
        options.Security.TokensFile.ShouldBe("/tokens");
        options.MissedHeartbeats.ShouldBe(new CoordinatorOptions().MissedHeartbeats);
    }

    [Fact]
    public void Read_ManyFaults_NamesAllWithTheirPlaces()
    {
        string file = Write("prot: 6000\nstopGrace: 30\nsecurity:\n  tokens: worker a s3cret-0123456789\n");
        string message = Should.Throw<HostStartException>(() => CoordinatorOptionsReader.Read([$"--config={file}", "--missedHeartbeats=few"])).Message;
        message.ShouldStartWith(file);
        message.ShouldContain("prot (line 1): there is no such option; did you mean 'port'?");
        message.ShouldContain("stopGrace (line 2): found '30', expected a duration");
        message.ShouldContain("security.tokens (line 4): a secret does not belong into a configuration");
        message.ShouldContain("missedHeartbeats (--missedHeartbeats): found 'few', expected a whole number");
        message.ShouldNotContain("s3cret");
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt() =>
        Should.Throw<HostStartException>(() => CoordinatorOptionsReader.Read(["--config=/no/such.yaml"])).Message.ShouldContain("/no/such.yaml");

    [Fact]
    public void Read_Nothing_IsTheDefaults() => CoordinatorOptionsReader.Read([]).ShouldBe(new CoordinatorOptions());

    public void Dispose() => _folder.Dispose();

    private string Write(string yaml)
    {
        string file = _folder.File("host.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }
}
