using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Splits;

public sealed class ClassSplitTests
{
    [Theory]
    [InlineData("1200/423", 1200, 0, 423)]
    [InlineData("1100/100/423", 1100, 100, 423)]
    [InlineData("973/325/325", 973, 325, 325)]
    [InlineData("964/659", 964, 0, 659)]
    public void Create_KnownName_CutsEveryClassOnce(string name, int train, int validation, int test)
    {
        ClassSplit split = ClassSplit.Create(name, 1623);

        (split.Train.Count, split.Validation.Count, split.Test.Count).ShouldBe((train, validation, test));
        split.Train.Concat(split.Validation).Concat(split.Test).Order().ShouldBe(Enumerable.Range(0, 1623));
        split.EvaluationClasses.ShouldBeSameAs(split.Test);
    }

    [Fact]
    public void Create_Always_GivesThePublishedOrder()
    {
        // Every published accuracy depends on these: they may never change.
        ClassSplit split = ClassSplit.Create("1100/100/423", 1623);

        split.Train.Take(6).ShouldBe([1218, 1062, 1427, 406, 813, 145]);
        split.Validation.Take(3).ShouldBe([1609, 612, 398]);
        split.Test.Take(6).ShouldBe([959, 1162, 48, 588, 8, 1542]);
    }

    [Fact]
    public void Create_SplitsWithTheSameTestSize_HoldBackTheSameClasses() =>
        ClassSplit.Create("1200/423", 1623).Test.ShouldBe(ClassSplit.Create("1100/100/423", 1623).Test);

    [Fact]
    public void Create_UnknownName_NamesTheChoices()
    {
        var exception = Should.Throw<ArgumentException>(() => ClassSplit.Create("1200/400", 1623));

        exception.Message.ShouldStartWith("Found split '1200/400', expected one of 1200/423, 1100/100/423, 973/325/325, 964/659.");
    }

    [Fact]
    public void Create_OtherNumberOfClasses_SaysBothNumbers()
    {
        var exception = Should.Throw<ArgumentException>(() => ClassSplit.Create("1200/423", 964));

        exception.Message.ShouldContain("a data set of 964 classes, expected 1623");
    }

    [Fact]
    public void Permutation_ManySeeds_PutsEveryNumberEverywhereEquallyOften()
    {
        const int rounds = 60_000;
        var counts = new int[4, 4];
        for (ulong seed = 0; seed < rounds; seed++)
        {
            int[] permutation = Shuffle.Permutation(4, seed);
            for (int position = 0; position < 4; position++)
                counts[position, permutation[position]]++;
        }

        // Six standard deviations of a binomial count with probability 1/4.
        foreach (int count in counts)
            Math.Abs(count - (rounds / 4)).ShouldBeLessThan(640);
    }
}
