using System.Runtime.InteropServices;
using Grpc.Core;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>What a user is told about an exception.</summary>
/// <param name="Message">One message, without a stack trace.</param>
/// <param name="ExitCode">What the caller is told.</param>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Whether an exception only says that something was cancelled.</summary>
    public static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };

    /// <summary>The message and exit code for an exception.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        UsageException or ConfigurationException => new(exception.Message, CommandLine.ExitCode.WrongUsage),
        RpcException { StatusCode: StatusCode.InvalidArgument } refused => new(refused.Status.Detail, CommandLine.ExitCode.WrongUsage),
        RpcException failed => new(failed.Status.Detail, CommandLine.ExitCode.Failed),
        AggregateException { InnerExceptions: [var single] } => Of(single),

        // What libtorch throws goes on with its own call stack.
        ExternalException failed => new(failed.Message.Split('\n', 2)[0], CommandLine.ExitCode.Failed),
        _ => new(exception.Message, CommandLine.ExitCode.Failed),
    };
}
