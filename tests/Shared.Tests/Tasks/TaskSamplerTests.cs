using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Shared.Tests.Tasks;

public sealed class TaskSamplerTests
{
    private static readonly int[] TrainClasses = [.. Enumerable.Range(0, 40)];
    private static readonly int[] TestClasses = [.. Enumerable.Range(40, 20)];

    // The second of each has fewer classes than a task.
    private static readonly int[][] TrainAlphabets = [TrainClasses[..20], TrainClasses[20..24], TrainClasses[24..]];
    private static readonly int[][] TestAlphabets = [TestClasses[..8], TestClasses[8..12], TestClasses[12..]];

    public static TheoryData<string> Sources => ["sinusoid", "logistic", "image", "alphabet"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Sample_SameAddress_GivesSameTask(string source)
    {
        var address = new TaskAddress(TaskSplit.Train, 12, 3);
        Bytes(Create(source).Sample(5, address, 2)).ShouldBe(Bytes(Create(source).Sample(5, address, 2)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Sample_AnyPartOfTheAddressDiffers_GivesAnotherTask(string source)
    {
        ITaskSampler sampler = Create(source);
        byte[] reference = Bytes(sampler.Sample(5, new TaskAddress(TaskSplit.Test, 12, 3), 2));
        Bytes(sampler.Sample(6, new TaskAddress(TaskSplit.Test, 12, 3), 2)).ShouldNotBe(reference);
        Bytes(sampler.Sample(5, new TaskAddress(TaskSplit.Train, 12, 3), 2)).ShouldNotBe(reference);
        Bytes(sampler.Sample(5, new TaskAddress(TaskSplit.Test, 13, 3), 2)).ShouldNotBe(reference);
        Bytes(sampler.Sample(5, new TaskAddress(TaskSplit.Test, 12, 4) with { Index = 3, Iteration = 11 }, 2)).ShouldNotBe(reference);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void FromMessage_OfToMessage_GivesTheSameTask(string source)
    {
        TaskDescriptor task = Create(source).Sample(9, new TaskAddress(TaskSplit.Train, 1, 2), 3);
        Bytes(TaskMessages.FromMessage(TaskMessages.ToMessage(task))).ShouldBe(Bytes(task));
    }

    [Fact]
    public void Sample_Sinusoid_StaysInThePapersRanges()
    {
        for (int index = 0; index < 1000; index++)
        {
            var task = (SinusoidTask)new SinusoidTaskSampler().Sample(1, new TaskAddress(TaskSplit.Train, 0, index), 5);
            task.Amplitude.ShouldBeInRange(0.1f, 5f);
            task.Phase.ShouldBeInRange(0f, (float)Math.PI);
        }
    }

    [Fact]
    public void Sample_Image_NeverMixesSplitsClassesOrSets()
    {
        ITaskSampler sampler = Create("image");
        var turns = new HashSet<int>();
        for (int index = 0; index < 500; index++)
        {
            var train = (ImageTask)sampler.Sample(1, new TaskAddress(TaskSplit.Train, 0, index), 4);
            var test = (ImageTask)sampler.Sample(1, new TaskAddress(TaskSplit.Test, 0, index), 4);
            train.Classes.ShouldAllBe(entry => entry.ClassIndex < 40);
            test.Classes.ShouldAllBe(entry => entry.ClassIndex >= 40 && entry.QuarterTurns == 0);
            train.Classes.Select(entry => (entry.ClassIndex, entry.QuarterTurns)).Distinct().Count().ShouldBe(5);
            turns.UnionWith(train.Classes.Select(entry => entry.QuarterTurns));
            foreach (ImageClass entry in train.Classes.Concat(test.Classes))
            {
                byte[] examples = [.. entry.SupportExamples.Span, .. entry.QueryExamples.Span];
                examples.Length.ShouldBe(1 + 4);
                examples.Distinct().Count().ShouldBe(examples.Length);
                examples.ShouldAllBe(example => example < 20);
            }
        }

        turns.Order().ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public void Sample_Alphabet_HasClassesOfOneAlphabetAndOneRotation()
    {
        ITaskSampler sampler = Create("alphabet");
        var seen = new HashSet<(int, int)>();
        for (int index = 0; index < 500; index++)
        {
            var train = (ImageTask)sampler.Sample(1, new TaskAddress(TaskSplit.Train, 0, index), 4);
            var test = (ImageTask)sampler.Sample(1, new TaskAddress(TaskSplit.Test, 0, index), 4);
            foreach ((ImageTask task, int[][] alphabets) in new[] { (train, TrainAlphabets), (test, TestAlphabets) })
            {
                int alphabet = Array.FindIndex(alphabets, classes => classes.Contains(task.Classes[0].ClassIndex));
                task.Classes.ShouldAllBe(entry => alphabets[alphabet].Contains(entry.ClassIndex));
                task.Classes.Select(entry => entry.ClassIndex).Distinct().Count().ShouldBe(5);
                int turns = task.Classes.Select(entry => entry.QuarterTurns).Distinct().ShouldHaveSingleItem();
                if (task == train) seen.Add((alphabet, turns));
                else turns.ShouldBe(0);
            }
        }

        seen.Order().ShouldBe([(0, 0), (0, 1), (0, 2), (0, 3), (2, 0), (2, 1), (2, 2), (2, 3)]);
    }

    [Fact]
    public void Constructor_NoAlphabetHasAsManyClasses_SaysWhatToDo() =>
        Should.Throw<ArgumentException>(() => new AlphabetTaskSampler(TrainAlphabets, TestAlphabets, examplesPerClass: 20, way: 9, shot: 1))
            .Message.ShouldBe("Found a task of 9 characters of one alphabet, expected at most 8: no alphabet for evaluation has more; " +
                "lower tasks.way, choose another tasks.split, or set tasks.group to 'all'.");

    [Fact]
    public void OpenStream_IterationOutOfRange_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new TaskAddress(TaskSplit.Train, 1L << 38, 0).OpenStream(0));

    private static ITaskSampler Create(string source) => source switch
    {
        "sinusoid" => new SinusoidTaskSampler(),
        "logistic" => new LogisticTaskSampler(),
        "alphabet" => new AlphabetTaskSampler(TrainAlphabets, TestAlphabets, examplesPerClass: 20, way: 5, shot: 1),
        _ => new ImageTaskSampler(TrainClasses, TestClasses, examplesPerClass: 20, way: 5, shot: 1),
    };

    private static byte[] Bytes(TaskDescriptor task) => Google.Protobuf.MessageExtensions.ToByteArray(TaskMessages.ToMessage(task));
}
