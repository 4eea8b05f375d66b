using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Worker.Tests.Tasks;

public sealed class SinusoidTaskBuilderTests
{
    private static readonly SinusoidTaskBuilder Builder = new(new TaskShape([1], 1));
    private static readonly SinusoidTask First = new(0, 2f, 0.5f, 17);
    private static readonly SinusoidTask Second = new(1, 0.3f, 3f, 18);

    [Fact]
    public void Build_Tasks_GivesPointsOfTheirWaves()
    {
        TaskExamples examples = Builder.Build([First, Second], 5, 3);

        examples.SupportX.Shape.ShouldBe([2, 5, 1]);
        examples.QueryY.Shape.ShouldBe([2, 3, 1]);
        examples.LabelsAreClasses.ShouldBeFalse();
        for (int i = 0; i < 5; i++)
        {
            examples.SupportX.Values[i].ShouldBeInRange(-5f, 5f);
            examples.SupportY.Values[i].ShouldBe(2f * MathF.Sin(examples.SupportX.Values[i] - 0.5f), 1e-5f);
            examples.SupportY.Values[5 + i].ShouldBe(0.3f * MathF.Sin(examples.SupportX.Values[5 + i] - 3f), 1e-5f);
        }
    }

    [Fact]
    public void Build_TaskInOtherCompany_GivesTheSameExamples()
    {
        TaskExamples together = Builder.Build([First, Second], 5, 3), alone = Builder.Build([Second], 5, 3);
        together.SupportX.Values[5..].ShouldBe(alone.SupportX.Values);
        together.QueryY.Values[3..].ShouldBe(alone.QueryY.Values);
    }

    [Fact]
    public void Build_SupportAndQuery_AreDifferentPoints()
    {
        TaskExamples examples = Builder.Build([First], 5, 5);
        examples.SupportX.Values.Intersect(examples.QueryX.Values).ShouldBeEmpty();
    }

    [Fact]
    public void Build_TaskOfAnotherSource_SaysWhich() =>
        Should.Throw<TaskException>(() => Builder.Build([new LogisticTask(4, 1, 2)], 5, 3)).Message.ShouldContain("Task 4 is a LogisticTask");
}
