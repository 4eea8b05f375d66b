using Google.Protobuf;
using Maml.Cluster.Coordinator.Adaptation;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Adaptation;

public sealed class AdaptationTasksTests
{
    private static readonly RunConfiguration Omniglot = RunConfigurationFile.Parse(
        Presets.All.Single(preset => preset.Name == "omniglot-5way-1shot").Yaml, "the preset");

    [Fact]
    public void Read_Pictures_AreInkOfTheModelsSize()
    {
        AdaptationTask task = AdaptationTasks.Read(Request(["b", "a", "b"]), Omniglot);
        task.Labels.ShouldBe(["b", "a"]);
        task.Examples.SupportLabels.ShouldBe([0f, 1f, 0f]);
        task.Examples.SupportInputs.Length.ShouldBe(3 * 784);
        task.Examples.SupportInputs[0].ShouldBe(1);
        task.Examples.SupportInputs[783].ShouldBe(0);
        task.InnerSteps.ShouldBe(Omniglot.Evaluation.InnerSteps);
    }

    [Fact]
    public void Read_MoreLabelsThanWays_SaysHowMany() => Fault(Request(["a", "b", "c", "d", "e", "f"])).ShouldContain("6 different labels, expected at most 5");

    [Fact]
    public void Read_ASingleLabel_IsRefused() => Fault(Request(["a", "a"])).ShouldContain("single label");

    [Fact]
    public void Read_TooManyExamples_IsRefused()
    {
        AdaptRequest request = Request(["a", "b"]);
        request.Query.AddRange(Enumerable.Repeat(Picture(), 1274));
        Fault(request).ShouldContain("1277 examples with those of support, expected at most 1273");
    }

    [Fact]
    public void Read_ManyFaults_NamesTwentyAndCountsTheRest()
    {
        AdaptRequest request = Request(["a", "b"]);
        request.Query.AddRange(Enumerable.Repeat(new Example { Png = ByteString.CopyFromUtf8("no picture") }, 30));
        string fault = Fault(request);
        fault.ShouldContain("query[1]");
        fault.ShouldContain("10 more faults");
    }

    [Fact]
    public void Read_PicturesOfTooManyPixelsTogether_IsRefused()
    {
        var large = new Example { Picture = new GreyPicture { Height = 2048, Width = 2048, Pixels = ByteString.CopyFrom(new byte[2048 * 2048]) } };
        AdaptRequest request = Request(["a", "b"]);
        request.Query.AddRange(Enumerable.Repeat(large, 17));
        Fault(request).ShouldContain("pixels");
    }

    [Fact]
    public void Read_WrongNumberOfPixels_IsRefused()
    {
        AdaptRequest request = Request(["a", "b"]);
        request.Query[0].Picture.Width = 57;
        Fault(request).ShouldContain("query[0]: found 3136 bytes of pixels, expected 3192");
    }

    private static string Fault(AdaptRequest request) => Should.Throw<ConfigurationException>(() => AdaptationTasks.Read(request, Omniglot)).Message;

    private static AdaptRequest Request(string[] labels) => new()
    {
        Support = { labels.Select(label => new SupportExample { Example = Picture(), Label = label }) },
        Query = { Picture() },
    };

    // Ink in the upper half.
    private static Example Picture() => new()
    {
        Picture = new GreyPicture { Height = 56, Width = 56, Pixels = ByteString.CopyFrom([.. new byte[56 * 28], .. Enumerable.Repeat((byte)255, 56 * 28)]) },
    };
}
