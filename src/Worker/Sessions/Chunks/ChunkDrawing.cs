using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;
using InlineTask = Maml.Cluster.Shared.Tasks.InlineTask;
using Loss = Maml.Cluster.Shared.Configuration.Loss;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>Draws the tensors of chunks, and keeps those of the one that was drawn ahead. For the device's thread.</summary>
internal sealed class ChunkDrawing : IDisposable
{
    private RunConfiguration? _configuration;
    private ImageDataSet? _dataSet;
    private ITaskBuilder? _builder;
    private DrawnChunk? _ahead;

    /// <summary>Draws a chunk that is likely to come next, and keeps it until another one is drawn ahead.</summary>
    /// <exception cref="TaskException">Its tasks are not of the run's source.</exception>
    public void DrawAhead(ChunkWork forecast, torch.Device on)
    {
        if (_ahead?.IsFor(forecast) == true) return;
        Dispose();
        _ahead = new DrawnChunk(forecast, Draw(forecast, on));
    }

    /// <summary>The tensors of a chunk: those that were drawn ahead, or else new ones in the dispose scope at hand.</summary>
    /// <exception cref="TaskException">Its tasks are not of the run's source.</exception>
    public TaskBatch Take(ChunkWork work, torch.Device on) => _ahead?.IsFor(work) == true ? _ahead.Tasks : Draw(work, on);

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        _ahead?.Dispose();
        _ahead = null;
    }

    private TaskBatch Draw(ChunkWork work, torch.Device on) => TaskBatch.From(Build(work), on, torch.float32);

    private TaskExamples Build(ChunkWork work)
    {
        if (work.Purpose == ChunkPurpose.Prediction)
        {
            bool labelsAreClasses = work.Configuration.Loss == Loss.CrossEntropy;
            return new InlineTaskBuilder(TaskShape.Of(work.Configuration.Tasks), labelsAreClasses).Build(TaskException.Require<InlineTask>(work.Tasks[0]));
        }

        if (!ReferenceEquals(_configuration, work.Configuration) || !ReferenceEquals(_dataSet, work.DataSet)) _builder = null;
        (_configuration, _dataSet) = (work.Configuration, work.DataSet);
        _builder ??= TaskBuilders.Create(work.Configuration.Tasks, work.DataSet);
        return _builder.Build(work.Tasks, work.Shot, work.Query);
    }
}
