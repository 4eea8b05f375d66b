using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Shared.Tests.Security;

public sealed class ClientCredentialsTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("http://127.0.0.1:5100", false, true)]
    [InlineData("http://[::1]:5100", false, true)]
    [InlineData("http://10.0.0.1:5100", false, false)]
    [InlineData("http://10.0.0.1:5100", true, true)]
    [InlineData("https://10.0.0.1:5100", false, true)]
    [InlineData("ftp://127.0.0.1", false, false)]
    [InlineData("https://ann:secret@10.0.0.1", false, false)]
    public void Validate_Address_PlainTextStaysHere(string address, bool insecure, bool isFine) =>
        (ClientCredentialsValidator.Validate(new Uri(address), new ClientCredentials { Token = Token }, insecure).Count == 0).ShouldBe(isFine);

    [Fact]
    public void Validate_ManyFaults_NamesAllAndNoToken()
    {
        var credentials = new ClientCredentials { TokenFile = "token", Token = "short*secret", CertificateFile = "a.pem" };
        IReadOnlyList<string> faults = ClientCredentialsValidator.Validate(new Uri("http://10.0.0.1"), credentials, insecureAllowRemote: false);
        foreach (string start in new[] { "Coordinator", "TokenFile", "Token (", "CertificateFile", "Certificates" })
            faults.ShouldContain(fault => fault.StartsWith(start, StringComparison.Ordinal));
        string.Join(' ', faults).ShouldNotContain("secret");
        credentials.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Send_TokenToAnotherMachineInPlainText_IsRefusedAtTheLastDoorToo()
    {
        using var client = new HttpClient(CoordinatorHandler.Create(new ClientCredentials { Token = Token }, insecureAllowRemote: false, new RecordedReports(), TimeProvider.System));
        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => client.GetAsync(new Uri("http://192.0.2.1/")));
        fault.Message.ShouldContain("plain text");
        fault.Message.ShouldNotContain(Token);
    }
}
