namespace Maml.Cluster.Worker.Sessions.Data;

/// <summary>What is logged about data sets.</summary>
internal static partial class DataSetLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Downloading data set {ContentHash} from the coordinator")]
    public static partial void Downloading(ILogger logger, string contentHash);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning,
        Message = "The data set in {Directory} has content hash {Found}; the run needs {Wanted}, which is downloaded instead")]
    public static partial void OtherContent(ILogger logger, string directory, string found, string wanted);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The data set is not cached: {Reason}")]
    public static partial void NotCached(ILogger logger, string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "Data set cache: {Reason}")]
    public static partial void CacheReport(ILogger logger, string reason);
}
