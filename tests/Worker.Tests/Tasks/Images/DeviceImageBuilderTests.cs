using System.Runtime.InteropServices;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tasks.Images;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Tasks.Images;

public sealed class DeviceImageBuilderTests : IDisposable
{
    private const int Classes = NoiseTasks.Classes, Examples = NoiseTasks.Examples;

    private static readonly ImageDataSet DataSet = NoiseTasks.DataSet;
    private static readonly TaskShape Shape = NoiseTasks.Shape;

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly DeviceImages _images = new(DataSet, torch.CPU);
    private readonly ITaskBuilder _host = new ImageTaskBuilder(DataSet, Shape);
    private readonly DeviceImageBuilder _device;

    public DeviceImageBuilderTests() => _device = new DeviceImageBuilder(new ImageTaskReader(DataSet, Shape), _images, torch.CPU);

    public void Dispose()
    {
        _images.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(5, 2, 1)]
    [InlineData(64, 1, 1)]
    [InlineData(3, 4, 5)]
    public void Build_Tasks_GivesTheHostsNumbersToTheBit(int tasks, int shot, int query)
    {
        ImageTask[] drawn = NoiseTasks.Draw(tasks, shot, query, seed: 11);
        ShouldBeTheSame(_device.Build(drawn, shot, query), _host.Build(drawn, shot, query));
    }

    [Fact]
    public void Build_EveryTurnOfEveryImage_GivesTheHostsNumbersToTheBit()
    {
        for (int @class = 0; @class < Classes; @class++)
        {
            byte[] all = [.. Enumerable.Range(0, Examples).Select(example => (byte)example)];
            var task = new ImageTask(0, [.. Enumerable.Range(0, NoiseTasks.Way).Select(turns => new ImageClass(@class, turns, all, all))]);
            ShouldBeTheSame(_device.Build([task], Examples, Examples), _host.Build([task], Examples, Examples));
        }
    }

    [Fact]
    public void Build_ChunksOfDifferentSizes_LeavesNothingOfTheFormer()
    {
        ulong seed = 0;
        foreach ((int tasks, int shot, int query) in new[] { (3, 2, 1), (3, 1, 2), (2, 2, 1), (3, 2, 1), (3, 2, 1) })
        {
            ImageTask[] drawn = NoiseTasks.Draw(tasks, shot, query, ++seed);
            ShouldBeTheSame(_device.Build(drawn, shot, query), _host.Build(drawn, shot, query));
        }
    }

    [Fact]
    public void Build_AnotherChunk_LeavesTheFormerAsItWas()
    {
        ImageTask[] first = NoiseTasks.Draw(2, 1, 1, seed: 1);
        TaskBatch kept = _device.Build(first, 1, 1);
        _device.Build(NoiseTasks.Draw(2, 1, 1, seed: 2), 1, 1);
        ShouldBeTheSame(kept, _host.Build(first, 1, 1));
    }

    [Fact]
    public void Build_WhatCannotBe_SaysWhatTheHostSays()
    {
        ImageTask good = NoiseTasks.Draw(1, 2, 3, seed: 4)[0];
        ImageClass image = good.Classes[1];
        TaskDescriptor[] faulty = [
            new LogisticTask(4, 1, 2),
            good with { Classes = [image] },
            WithSecond(image with { SupportExamples = new byte[] { 1 } }),
            WithSecond(image with { QueryExamples = new byte[] { 1, 2, 3, 4 } }),
            WithSecond(image with { ClassIndex = Classes }),
            WithSecond(image with { ClassIndex = -1 }),
            WithSecond(image with { SupportExamples = new byte[] { 0, Examples } }),
            WithSecond(image with { QueryExamples = new byte[] { 0, 1, 255 } }),
        ];
        string[] messages = [.. faulty.Select(task => Should.Throw<TaskException>(() => _device.Build([good, task], 2, 3)).Message)];
        messages.ShouldBe(faulty.Select(task => Should.Throw<TaskException>(() => _host.Build([good, task], 2, 3)).Message));
        messages.Distinct().Count().ShouldBe(faulty.Length);

        ImageTask WithSecond(ImageClass other) => good with { Classes = [good.Classes[0], other, good.Classes[2], good.Classes[3]] };
    }

    [Fact]
    public void Build_ManyChunks_LeavesNoTensorButItsResult()
    {
        ImageTask[] drawn = NoiseTasks.Draw(3, 2, 1, seed: 5);
        LiveTensors.AddedBy(BuildMany).ShouldBe(0);

        void BuildMany()
        {
            for (int chunk = 0; chunk < 100; chunk++)
            {
                using var scope = torch.NewDisposeScope();
                _device.Build(drawn, 2, 1);
                scope.DisposablesCount.ShouldBe(4);
            }
        }
    }

    [Theory]
    [InlineData(DeviceType.CUDA, DeviceImages.LargestBytes / 4, true)]
    [InlineData(DeviceType.CUDA, (DeviceImages.LargestBytes / 4) + 1, false)]
    [InlineData(DeviceType.CPU, 1, false)]
    public void PayOn_DeviceAndSize_IsForGpusThatCanTakeThem(DeviceType device, long pixels, bool pay) => DeviceImages.PayOn(device, pixels).ShouldBe(pay);

    private static void ShouldBeTheSame(TaskBatch device, TaskExamples host)
    {
        ShouldBeTheSame(device.SupportX, host.SupportX);
        ShouldBeTheSame(device.QueryX, host.QueryX);
        device.SupportY.shape.ShouldBe(host.SupportY.Shape);
        device.QueryY.shape.ShouldBe(host.QueryY.Shape);
        device.SupportY.data<long>().ToArray().ShouldBe(Array.ConvertAll(host.SupportY.Values, label => (long)label));
        device.QueryY.data<long>().ToArray().ShouldBe(Array.ConvertAll(host.QueryY.Values, label => (long)label));
    }

    private static void ShouldBeTheSame(torch.Tensor device, HostTensor host)
    {
        device.shape.ShouldBe(host.Shape);
        device.is_contiguous().ShouldBeTrue();
        int[] bits = MemoryMarshal.Cast<float, int>(device.data<float>().ToArray()).ToArray();
        bits.ShouldBe(MemoryMarshal.Cast<float, int>(host.Values).ToArray());
    }
}
