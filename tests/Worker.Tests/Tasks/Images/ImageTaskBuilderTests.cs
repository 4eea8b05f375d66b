using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tasks.Images;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Tasks.Images;

public sealed class ImageTaskBuilderTests
{
    private const int Pixels = 28 * 28;

    private static readonly ImageDataSet DataSet = Pictures.Create();
    private static readonly ImageTaskBuilder Builder = new(DataSet, new TaskShape([1, 28, 28], 2));
    private static readonly ImageTask Task = new(3, [
        new ImageClass(4, 1, new byte[] { 7, 2 }, new byte[] { 0, 1, 3 }),
        new ImageClass(6, 0, new byte[] { 5, 19 }, new byte[] { 8, 9, 10 }),
    ]);

    [Fact]
    public void Build_Task_OrdersExamplesClassByClass()
    {
        TaskExamples examples = Builder.Build([Task, Task], 2, 3);

        examples.SupportX.Shape.ShouldBe([2, 4, 1, 28, 28]);
        examples.QueryX.Shape.ShouldBe([2, 6, 1, 28, 28]);
        examples.LabelsAreClasses.ShouldBeTrue();
        examples.SupportY.Values.ShouldBe([0, 0, 1, 1, 0, 0, 1, 1]);
        examples.QueryY.Values.ShouldBe([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
        ImageAt(examples.QueryX, 4).ShouldBe(DataSet.GetImage(6, 9).ToArray().Select(ink => ink / 255f));
        ImageAt(examples.QueryX, 10).ShouldBe(ImageAt(examples.QueryX, 4));
    }

    [Fact]
    public void Build_RotatedClass_TurnsEveryImageOfIt()
    {
        TaskExamples examples = Builder.Build([Task], 2, 3);
        float[] expected = new float[Pixels];
        ImageRotation.Rotate(DataSet.GetImage(4, 2), 28, 1, expected);
        ImageAt(examples.SupportX, 1).ShouldBe(expected);
    }

    [Fact]
    public void Build_OnTheDevice_HasIntegerLabels()
    {
        using var scope = torch.NewDisposeScope();
        TaskBatch batch = TaskBatch.From(Builder.Build([Task], 2, 3), torch.CPU, torch.float64);
        batch.SupportY.dtype.ShouldBe(torch.int64);
        batch.SupportX.dtype.ShouldBe(torch.float64);
        batch.SupportY.data<long>().ToArray().ShouldBe([0, 0, 1, 1]);
        batch.Count.ShouldBe(1);
    }

    [Fact]
    public void Build_WrongCounts_SaysWhat()
    {
        Should.Throw<TaskException>(() => Builder.Build([Task], 1, 3)).Message.ShouldContain("names 2 examples of a class; the chunk announces 1");
        Should.Throw<TaskException>(() => Builder.Build([Task with { Classes = [Task.Classes[0]] }], 2, 3)).Message.ShouldContain("has 1 classes");
    }

    [Fact]
    public void Build_WhatTheDataSetLacks_SaysWhat()
    {
        ImageClass good = Task.Classes[0];
        Should.Throw<TaskException>(() => Builder.Build([Task with { Classes = [good, good with { ClassIndex = 8 }] }], 2, 3))
            .Message.ShouldContain("names class 8");
        Should.Throw<TaskException>(() => Builder.Build([Task with { Classes = [good, good with { QueryExamples = new byte[] { 1, 2, 20 } }] }], 2, 3))
            .Message.ShouldContain("names example 20");
    }

    private static float[] ImageAt(HostTensor x, int example) => x.Values[(example * Pixels)..((example + 1) * Pixels)];
}
