namespace Maml.Cluster.Coordinator.Workers;

/// <summary>What is said about workers. Event ids 1000 to 1099.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1000, LogLevel.Information, "Worker '{Worker}' has joined as {Id}: {Device} ({DeviceName}), libtorch {TorchVersion}, {Slots} chunks at once, process {Process}.")]
    public static partial void Joined(
        this ILogger logger, string worker, string id, string device, string deviceName, string torchVersion, int slots, uint process);

    [LoggerMessage(1001, LogLevel.Information, "Worker '{Worker}' has left: {Reason}.")]
    public static partial void Left(this ILogger logger, string worker, string reason);

    [LoggerMessage(1002, LogLevel.Information, "Worker '{Worker}' takes no more chunks: {Reason}.")]
    public static partial void Draining(this ILogger logger, string worker, string reason);

    [LoggerMessage(1003, LogLevel.Debug, "Worker '{Worker}' answered lease {Lease}, which it does not hold any more; the answer is dropped.")]
    public static partial void StaleAnswer(this ILogger logger, string worker, ulong lease);

    [LoggerMessage(1005, LogLevel.Information, "Aggregator '{Worker}' has {Workers} workers now, which take {Slots} chunks at once.")]
    public static partial void Resized(this ILogger logger, string worker, uint workers, uint slots);

    [LoggerMessage(1004, LogLevel.Warning, "Worker '{Worker}' sent a message that this version does not know, of kind {Kind}; it is dropped.")]
    public static partial void UnknownMessage(this ILogger logger, string worker, string kind);
}
