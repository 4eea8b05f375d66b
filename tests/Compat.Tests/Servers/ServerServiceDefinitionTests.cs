using Grpc.Core;
using Maml.Cluster.Compat.Tests.Loopback;

namespace Maml.Cluster.Compat.Tests.Servers;

public sealed class ServerServiceDefinitionTests
{
    private static readonly Marshaller<string> Text = Marshallers.Create<string>((_, _) => { }, _ => string.Empty);
    private static readonly Method<string, string> Method = new(MethodType.Unary, "package.Service", "Method", Text, Text);

    [Fact]
    public void BindService_GeneratedService_GivesEveryMethodInOrder()
    {
        RecordingBinder binder = new();

        Echo.BindService(new EchoService(new CallLog())).BindService(binder);

        binder.Methods.ShouldBe(["Unary /maml.compat.tests.Echo/Unary", "ServerStreaming /maml.compat.tests.Echo/ServerStreaming",
            "ClientStreaming /maml.compat.tests.Echo/ClientStreaming", "DuplexStreaming /maml.compat.tests.Echo/DuplexStreaming"]);
    }

    [Fact]
    public void AddMethod_SameNameTwice_IsRefusedByName()
    {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.CreateBuilder().AddMethod(Method, Answer);

        Should.Throw<ArgumentException>(() => builder.AddMethod(Method, Answer)).Message.ShouldContain("package.Service");
    }

    [Fact]
    public void FullName_OfAMethod_IsItsPath() => Method.FullName.ShouldBe("/package.Service/Method");

    private static Task<string> Answer(string request, ServerCallContext context) => Task.FromResult(request);
}
