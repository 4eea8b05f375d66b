using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class RunConfigurationFileTests
{
    [Fact]
    public void Parse_SmallestText_TakesDefaultsAndWhatTheSourceImplies()
    {
        RunConfiguration run = ConfigurationTexts.Parse(ConfigurationTexts.Smallest);

        run.Name.ShouldBe("sinusoid");
        run.Loss.ShouldBe(Loss.Mse);
        run.Tasks.Way.ShouldBe(1);
        run.Model.Widths.ShouldBe([40, 40]);
        run.Outer.ShouldBe(new OuterConfiguration());
        run.Evaluation.ShouldBe(new EvaluationConfiguration());
    }

    [Fact]
    public void Parse_EverySetting_IsReadFromItsOwnPlace()
    {
        RunConfiguration run = ConfigurationTexts.Parse("""
            name: mine
            seed: 18446744073709551615
            algorithm: fomaml
            model: { kind: conv4, filters: 32, downsample: maxpool }
            tasks: { source: omniglot, split: 1100/100/423, group: alphabet, way: 7, shot: 2, query: 3 }
            loss: cross_entropy
            inner: { steps: 4, learningRate: 5e-2 }
            outer: { optimizer: adam, learningRate: 0.002, schedule: cosine, tasksPerIteration: 11, iterations: 12, clipNorm: 13.5, gradientPrecision: float16 }
            evaluation: { every: 14, tasks: 15, innerSteps: 16, query: 17 }
            checkpoints: { every: 18, keep: 19, keepBest: 21 }
            chunk: { tasks: 21, group: 22 }
            """);

        run.ShouldBe(new RunConfiguration
        {
            Name = "mine",
            Seed = ulong.MaxValue,
            Algorithm = Algorithm.Fomaml,
            Model = new() { Kind = ModelKind.Conv4, Filters = 32, Downsample = Downsample.MaxPool },
            Tasks = new() { Source = TaskSourceKind.Omniglot, Split = "1100/100/423", Group = TaskGroup.Alphabet, Way = 7, Shot = 2, Query = 3 },
            Loss = Loss.CrossEntropy,
            Inner = new() { Steps = 4, LearningRate = 0.05 },
            Outer = new() { LearningRate = 0.002, Schedule = LearningRateSchedule.Cosine, TasksPerIteration = 11, Iterations = 12, ClipNorm = 13.5, GradientPrecision = GradientPrecision.Float16 },
            Evaluation = new() { Every = 14, Tasks = 15, InnerSteps = 16, Query = 17 },
            Checkpoints = new() { Every = 18, Keep = 19, KeepBest = 21 },
            Chunk = new() { Tasks = 21, Group = 22 },
        });
    }

    [Fact]
    public void Parse_SettingsOfAnotherModel_AreCheckedAndPutAside()
    {
        ConfigurationTexts.Parse(ConfigurationTexts.Omniglot, "model.kind=mlp", "model.filters=8").Model.ShouldBe(new() { Kind = ModelKind.Mlp });
        ConfigurationTexts.FaultsOf(ConfigurationTexts.Omniglot, "model.kind=mlp", "model.filters=0").ShouldHaveSingleItem().Path.ShouldBe("model.filters");
    }

    [Theory]
    [InlineData("omniglot-5way-1shot", "0.1")]
    [InlineData("sinusoid", "1E-05")]
    [InlineData("logistic", "0.30000000000000004")]
    public void Write_ThenParse_GivesTheSameConfiguration(string preset, string learningRate)
    {
        RunConfiguration run = ConfigurationTexts.Parse(ConfigurationTexts.Yaml(preset), $"inner.learningRate={learningRate}", "name=NULL.1", "seed=7");

        RunConfigurationFile.Parse(RunConfigurationFile.Write(run), "written").ShouldBe(run);
    }

    [Fact]
    public void Write_NameThatYamlTakesForNothing_IsReadAgain()
    {
        RunConfiguration run = ConfigurationTexts.Parse(ConfigurationTexts.Smallest) with { Name = "null" };

        RunConfigurationFile.Parse(RunConfigurationFile.Write(run), "written").Name.ShouldBe("null");
    }

    [Fact]
    public void Write_UnusableConfiguration_IsRefused()
    {
        RunConfiguration run = ConfigurationTexts.Parse(ConfigurationTexts.Smallest) with { Inner = new() { Steps = 0 } };

        Should.Throw<ConfigurationException>(() => RunConfigurationFile.Write(run)).Message.ShouldContain("inner.steps");
    }

    [Fact]
    public void Load_NoSuchFile_SaysWhatToDo()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "run.yaml");

        string message = Should.Throw<ConfigurationException>(() => RunConfigurationFile.Load(path)).Message;

        message.ShouldContain(path);
        message.ShouldContain("maml presets");
    }

    [Fact]
    public void Load_Folder_IsRefused() =>
        Should.Throw<ConfigurationException>(() => RunConfigurationFile.Load(Path.GetTempPath())).Message.ShouldContain("is a folder");

    [Fact]
    public void Load_File_ReadsIt()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, ConfigurationTexts.Omniglot);
            RunConfigurationFile.Load(path, [new("inner.steps", "5")]).Inner.Steps.ShouldBe(5);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
