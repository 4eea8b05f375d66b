using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tasks.Images;
using TorchSharp;
using InlineTask = Maml.Cluster.Shared.Tasks.InlineTask;
using Loss = Maml.Cluster.Shared.Configuration.Loss;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;
using TaskConfiguration = Maml.Cluster.Shared.Configuration.TaskConfiguration;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Draws the tensors of chunks, and keeps those of the one that was drawn ahead. For the device's thread, and for one device.</summary>
/// <param name="imagesOnDevice">Whether images of a data set are drawn on the device; null for where it pays (<see cref="DeviceImages.PayOn"/>).</param>
internal sealed class ChunkDrawing(bool? imagesOnDevice = null) : IDisposable
{
    private RunConfiguration? _configuration;
    private ImageDataSet? _dataSet;
    private IBatchBuilder? _builder;
    private DeviceImages? _images;
    private DrawnChunk? _ahead;

    /// <summary>Draws a chunk that is likely to come next, and keeps it until another one is drawn ahead.</summary>
    /// <exception cref="TaskException">Its tasks are not of the run's source.</exception>
    public void DrawAhead(ChunkWork forecast, torch.Device on)
    {
        if (_ahead?.IsFor(forecast) == true) return;
        DropAhead();
        _ahead = new DrawnChunk(forecast, Draw(forecast, on));
    }

    /// <summary>The tensors of a chunk: those that were drawn ahead, or else new ones in the dispose scope at hand.</summary>
    /// <exception cref="TaskException">Its tasks are not of the run's source.</exception>
    public TaskBatch Take(ChunkWork work, torch.Device on) => _ahead?.IsFor(work) == true ? _ahead.Tasks : Draw(work, on);

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        DropAhead();
        DropImages();
    }

    private TaskBatch Draw(ChunkWork work, torch.Device on)
    {
        if (work.Purpose == ChunkPurpose.Prediction) return TaskBatch.From(BuildInline(work), on, torch.float32);
        if (!ReferenceEquals(_configuration, work.Configuration) || !ReferenceEquals(_dataSet, work.DataSet)) _builder = null;
        (_configuration, _dataSet) = (work.Configuration, work.DataSet);
        _builder ??= CreateBuilder(work.Configuration.Tasks, work.DataSet, on);
        return _builder.Build(work.Tasks, work.Shot, work.Query);
    }

    private static TaskExamples BuildInline(ChunkWork work)
    {
        bool labelsAreClasses = work.Configuration.Loss == Loss.CrossEntropy;
        return new InlineTaskBuilder(TaskShape.Of(work.Configuration.Tasks), labelsAreClasses).Build(TaskException.Require<InlineTask>(work.Tasks[0]));
    }

    // Images stay while chunks come of runs that share them, or that need none: copying and turning them takes longer than many chunks do.
    private IBatchBuilder CreateBuilder(TaskConfiguration tasks, ImageDataSet? dataSet, torch.Device on)
    {
        if (dataSet is null || !TaskBuilders.NeedsDataSet(tasks.Source)) return new HostBatchBuilder(TaskBuilders.Create(tasks, dataSet), on);
        if (!ReferenceEquals(_images?.DataSet, dataSet)) DropImages();
        if (!(imagesOnDevice ?? DeviceImages.PayOn(on.type, dataSet.Pixels.Length))) return new HostBatchBuilder(TaskBuilders.Create(tasks, dataSet), on);
        var reader = new ImageTaskReader(dataSet, TaskShape.Of(tasks));
        _images ??= new DeviceImages(dataSet, on);
        return new DeviceImageBuilder(reader, _images, on);
    }

    private void DropAhead()
    {
        _ahead?.Dispose();
        _ahead = null;
    }

    private void DropImages()
    {
        _images?.Dispose();
        _images = null;
    }
}
