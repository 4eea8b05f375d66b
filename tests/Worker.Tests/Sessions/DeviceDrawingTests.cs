using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Sessions.Chunks;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;
using ImageTask = Maml.Cluster.Shared.Tasks.ImageTask;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Worker.Tests.Sessions;

/// <summary>The drawing of GPUs, on the CPU.</summary>
public sealed class DeviceDrawingTests
{
    // The table and what it is divided by.
    private const int Kept = 2;
    private const int TensorsOfAChunk = 4;

    private readonly Problem _problem = new(Runs.Omniglot(Downsample.Stride), 3);

    [Fact]
    public void Take_ImagesOnTheDevice_GivesWhatTheHostDraws()
    {
        using var scope = torch.NewDisposeScope();
        using var drawing = new ChunkDrawing(imagesOnDevice: true);
        TaskBatch host = _problem.Batch(torch.float32);
        ShouldBe(drawing.Take(Work(_problem), torch.CPU), host);
        drawing.DrawAhead(Work(_problem), torch.CPU);
        ShouldBe(drawing.Take(Work(_problem), torch.CPU), host);
    }

    [Fact]
    public void Take_OnTheCpu_KeepsNoImages()
    {
        using var drawing = new ChunkDrawing();
        LiveTensors.AddedBy(() => Draw(drawing, Work(_problem))).ShouldBe(0);
    }

    [Fact]
    public void Dispose_AfterManyChunks_LeavesNoTensor()
    {
        ChunkWork[] works = [.. Enumerable.Range(0, 10).Select(seed => Work(_problem, new Problem(_problem.Configuration, 3, (ulong)seed)))];
        LiveTensors.AddedBy(DrawMany).ShouldBe(0);

        void DrawMany()
        {
            using var drawing = new ChunkDrawing(imagesOnDevice: true);
            long before = torch.Tensor.TotalCount;
            for (int chunk = 0; chunk < 300; chunk++)
            {
                Draw(drawing, works[chunk % 7]);
                using (torch.NewDisposeScope()) drawing.DrawAhead(works[chunk % works.Length], torch.CPU);
                (torch.Tensor.TotalCount - before).ShouldBe(Kept + TensorsOfAChunk);
            }
        }
    }

    [Fact]
    public void Take_AnotherDataSet_FreesTheImagesOfTheFormer()
    {
        using var drawing = new ChunkDrawing(imagesOnDevice: true);
        LiveTensors.AddedBy(() => Draw(drawing, Work(_problem))).ShouldBe(Kept);
        ImageDataSet other = Pictures.Create(seed: 4);
        LiveTensors.AddedBy(() => Draw(drawing, Work(_problem) with { DataSet = other })).ShouldBe(0);
        using var scope = torch.NewDisposeScope();
        var host = TaskBuilders.Create(_problem.Configuration.Tasks, other).Build(_problem.Descriptors, 2, 2);
        HostCopy.ToArray(drawing.Take(Work(_problem) with { DataSet = other }, torch.CPU).QueryX).ShouldBe(host.QueryX.Values);
    }

    [Fact]
    public void Take_AnotherRun_DrawsAsItsConfigurationSaysFromTheSameImages()
    {
        RunConfiguration narrower = _problem.Configuration with { Tasks = _problem.Configuration.Tasks with { Way = 2 } };
        var other = new Problem(narrower, 2);
        using var drawing = new ChunkDrawing(imagesOnDevice: true);
        LiveTensors.AddedBy(() => Draw(drawing, Work(_problem))).ShouldBe(Kept);
        LiveTensors.AddedBy(() => Draw(drawing, Work(new Problem(Runs.Sinusoid, 2)))).ShouldBe(0);
        using var scope = torch.NewDisposeScope();
        ShouldBe(drawing.Take(Work(other) with { DataSet = _problem.DataSet }, torch.CPU), other.Batch(torch.float32));
    }

    [Fact]
    public void Take_ChunkThatCannotBe_LeavesTheNextOneAsItIs()
    {
        using var drawing = new ChunkDrawing(imagesOnDevice: true);
        var task = (ImageTask)_problem.Descriptors[0];
        ImageTask impossible = task with { Classes = [.. task.Classes.Select(image => image with { ClassIndex = 99 })] };
        Should.Throw<TaskException>(() => drawing.Take(Work(_problem) with { Tasks = [impossible] }, torch.CPU)).Message.ShouldContain("names class 99");
        using var scope = torch.NewDisposeScope();
        ShouldBe(drawing.Take(Work(_problem), torch.CPU), _problem.Batch(torch.float32));
    }

    [Fact]
    public void Take_ImagesOfAnotherSize_SaysWhatTheHostSays()
    {
        var small = new ImageDataSet("small", ["a", "b", "c"], 4, 20, 20, new byte[3 * 4 * 20 * 20]);
        using ChunkDrawing device = new(imagesOnDevice: true), host = new(imagesOnDevice: false);
        string message = Should.Throw<TaskException>(() => device.Take(Work(_problem) with { DataSet = small }, torch.CPU)).Message;
        message.ShouldContain("are 20×20; the model needs 28×28");
        Should.Throw<TaskException>(() => host.Take(Work(_problem) with { DataSet = small }, torch.CPU)).Message.ShouldBe(message);
    }

    private static void ShouldBe(TaskBatch found, TaskBatch expected)
    {
        foreach ((torch.Tensor one, torch.Tensor other) in new[]
        {
            (found.SupportX, expected.SupportX), (found.SupportY, expected.SupportY), (found.QueryX, expected.QueryX), (found.QueryY, expected.QueryY),
        })
        {
            one.dtype.ShouldBe(other.dtype);
            one.shape.ShouldBe(other.shape);
            HostCopy.ToArray(one).ShouldBe(HostCopy.ToArray(other));
        }
    }

    private static void Draw(ChunkDrawing drawing, ChunkWork work)
    {
        using var scope = torch.NewDisposeScope();
        drawing.Take(work, torch.CPU).Count.ShouldBe(work.Tasks.Count);
    }

    private static ChunkWork Work(Problem run, Problem? chunk = null)
    {
        chunk ??= run;
        var lease = new ChunkLease { Purpose = ChunkPurpose.MetaGradient, InnerSteps = 1, Tasks = { chunk.Descriptors.Select(TaskMessages.ToMessage) } };
        return new ChunkWork(
            run.Configuration, run.DataSet, Theta: null, new VectorPool(run.Layout.Count), lease.Purpose, WholeCurve: false, InnerSteps: 1, lease,
            chunk.Descriptors, run.Configuration.Tasks.Shot, run.Configuration.Tasks.Query);
    }
}
