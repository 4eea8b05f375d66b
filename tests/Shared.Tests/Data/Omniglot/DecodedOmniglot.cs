using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

/// <summary>The real data set, decoded once for all tests that look at it.</summary>
public sealed class DecodedOmniglot
{
    private readonly Lazy<(ImageDataSet DataSet, TimeSpan ProcessorTime)> decoded = new(Decode);

    public ImageDataSet DataSet => decoded.Value.DataSet;

    /// <summary>Of all threads: what decoding costs, however busy the machine is with other things.</summary>
    public TimeSpan ProcessorTime => decoded.Value.ProcessorTime;

    private static (ImageDataSet DataSet, TimeSpan ProcessorTime) Decode()
    {
        OmniglotData.Missing.ShouldBeNull();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        ImageDataSet dataSet = OmniglotReader.Read(OmniglotData.Folder);
        return (dataSet, Environment.CpuUsage.TotalTime - start);
    }
}
