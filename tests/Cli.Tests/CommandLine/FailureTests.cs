using System.Runtime.InteropServices;
using Grpc.Core;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Tests.CommandLine;

public sealed class FailureTests
{
    public static TheoryData<Exception, int> Cases => new()
    {
        { new UsageException("what"), 2 },
        { new ConfigurationException("what", [new ConfigurationFault("seed", "what")]), 2 },
        { new RpcException(new Status(StatusCode.InvalidArgument, "what")), 2 },
        { new RpcException(new Status(StatusCode.NotFound, "what")), 1 },
        { new CommandFailedException("what"), 1 },
        { new IOException("what"), 1 },
        { new ExternalException("what\nException raised from somewhere\nframe #0"), 1 },
        { new AggregateException(new UsageException("what")), 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_Exception_GivesMessageAndExitCode(Exception exception, int exitCode)
    {
        Failure failure = Failure.Of(exception);
        failure.ExitCode.ShouldBe(exitCode);
        failure.Message.ShouldContain("what");
        failure.Message.ShouldNotContain("Exception");
        failure.Message.ShouldNotContain("StatusCode");
    }

    [Fact]
    public async Task Run_Cancelled_EndsAsInterrupted()
    {
        using var cancellation = new CancellationTokenSource();
        var runner = new CommandRunner(new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false));
        Task<int> running = runner.RunAsync(
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            },
            cancellation.Token);
        await cancellation.CancelAsync();
        (await running).ShouldBe(130);
    }

    [Fact]
    public async Task Run_CancellationThatNobodyAskedFor_IsAFailure()
    {
        var errors = new StringWriter();
        var runner = new CommandRunner(new Terminal(TextWriter.Null, errors, IsInteractive: false));
        (await runner.RunAsync(_ => throw new OperationCanceledException("lost"), CancellationToken.None)).ShouldBe(1);
        errors.ToString().ShouldContain("lost");
    }
}
