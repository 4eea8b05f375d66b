using System.Text.Json.Nodes;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Deploy.Tests.Support;
using Maml.Cluster.Worker.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Deploy.Tests.Hosts;

/// <summary>A Secret that somebody forgot to fill opens nothing: the hosts do not even start with it, and say why.</summary>
public sealed class PlaceholderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Coordinator_PlaceholdersOfTheTemplate_AreRefusedByName()
    {
        Fill("maml-coordinator");
        HostStartException fault = await Should.ThrowAsync<HostStartException>(CoordinatorHost.StartAsync(
            new CoordinatorOptions
            {
                Port = 0,
                RunsDirectory = _folder,
                Security = new() { TokensFile = At("tokens"), CertificateFile = At("tls.crt"), KeyFile = At("tls.key") },
            },
            default));
        foreach (int line in new[] { 1, 2, 3 }) fault.Message.ShouldContain($"line {line}: the token is a placeholder, since it contains 'replace'");
        fault.Message.ShouldContain("tls.crt' holds no certificate");
        fault.Message.ShouldNotContain("WITH-A-TOKEN", Case.Insensitive, "not even a placeholder is logged");
    }

    [Theory]
    [InlineData("token", "the token is a placeholder, since it contains 'replace'")]
    [InlineData("ca.crt", "holds no certificate")]
    public async Task Worker_PlaceholdersOfTheTemplate_AreRefusedByName(string key, string expected)
    {
        Fill("maml-worker");
        var options = new WorkerOptions
        {
            Coordinator = new Uri("https://127.0.0.1:1"),
            CacheDirectory = _folder,
            Credentials = key == "token" ? new() { TokenFile = At(key) } : new() { AuthorityFile = At(key) },
        };
        WorkerException fault = await Should.ThrowAsync<WorkerException>(WorkerHost.RunAsync(options, NullLoggerFactory.Instance, TimeProvider.System, default));
        fault.Message.ShouldContain(expected);
        fault.Message.ShouldContain(key);
    }

    [Fact]
    public async Task Coordinator_AnEmptySecret_IsRefusedWithTheNamesOfItsFiles()
    {
        HostStartException fault = await Should.ThrowAsync<HostStartException>(CoordinatorHost.StartAsync(
            new CoordinatorOptions
            {
                Port = 0,
                RunsDirectory = _folder,
                Security = new() { TokensFile = At("tokens"), CertificateFile = At("tls.crt"), KeyFile = At("tls.key") },
            },
            default));
        fault.Message.ShouldContain(At("tokens"));
        fault.Message.ShouldContain(At("tls.crt"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // As the kubelet mounts a Secret: a file for each key.
    private void Fill(string secret)
    {
        foreach ((string key, JsonNode? value) in (JsonObject)Manifests.SecretTemplate().Find("Secret", secret).At("stringData")!)
            File.WriteAllText(At(key), value!.ToString());
    }

    private string At(string key) => Path.Combine(_folder, key);
}
