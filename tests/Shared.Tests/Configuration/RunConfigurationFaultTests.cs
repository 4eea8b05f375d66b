using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class RunConfigurationFaultTests
{
    [Fact]
    public void Parse_ThreeFaults_NamesAllThreeWithTheirLines()
    {
        ConfigurationException fault = Should.Throw<ConfigurationException>(() => ConfigurationTexts.Parse("""
            algoritm: maml
            model: { kind: conv5 }
            tasks: { source: omniglot, way: 5, shot: 1, query: 1 }
            inner: { steps: 1, learningRate: .nan }
            """));

        fault.Faults.Count.ShouldBe(3);
        fault.Message.ShouldStartWith("run.yaml cannot be used:");
        fault.Message.ShouldContain("algoritm (line 1): there is no such setting; did you mean 'algorithm'?");
        fault.Message.ShouldContain("model.kind (line 2): found 'conv5', expected one of mlp, logistic, conv4; did you mean 'conv4'?");
        fault.Message.ShouldContain("inner.learningRate (line 4): found '.nan', expected a number above 0 and at most 1000");
    }

    [Theory]
    [InlineData("inner: { stepz: 2 }", "inner.stepz", "did you mean 'inner.steps'?")]
    [InlineData("learningRate: 2", "learningRate", "did you mean 'inner.learningRate'?")]
    [InlineData("colour: blue", "colour", "expected one of name, seed, algorithm")]
    [InlineData("inner: { steps: two }", "inner.steps", "found 'two', expected a whole number from 1 to 1000")]
    [InlineData("inner: { steps: 1.5 }", "inner.steps", "found '1.5'")]
    [InlineData("inner: { steps: '1' }", "inner.steps", "the quoted text '1'")]
    [InlineData("inner: { steps: 0 }", "inner.steps", "found '0'")]
    [InlineData("inner: { steps: 99999999999999999999 }", "inner.steps", "found '99999999999999999999'")]
    [InlineData("inner: { steps: }", "inner.steps", "found no value")]
    [InlineData("inner: { steps: [1] }", "inner.steps", "found a list")]
    [InlineData("inner: 5", "inner", "expected a section with steps, learningRate")]
    [InlineData("inner: { learningRate: .inf }", "inner.learningRate", "found '.inf'")]
    [InlineData("inner: { learningRate: NaN }", "inner.learningRate", "found 'NaN'")]
    [InlineData("inner: { learningRate: 1e999 }", "inner.learningRate", "found '1e999'")]
    [InlineData("inner: { learningRate: 0 }", "inner.learningRate", "a number above 0")]
    [InlineData("inner: { steps: 1, steps: 2 }", "inner.steps", "is given a second time, first at line 3")]
    [InlineData("seed: -1", "seed", "from 0 to 18446744073709551615")]
    [InlineData("seed: 18446744073709551616", "seed", "from 0 to 18446744073709551615")]
    [InlineData("name: ../../etc", "name", "found '../../etc'")]
    [InlineData("loss: cross_entropy", "loss", "expected mse for tasks from sinusoid")]
    [InlineData("loss: msee", "loss", "did you mean 'mse'?")]
    [InlineData("outer: { schedule: cosin }", "outer.schedule", "did you mean 'cosine'?")]
    [InlineData("outer: { iterations: 0 }", "outer.iterations", "from 1 to")]
    [InlineData("outer: { clipNorm: -1 }", "outer.clipNorm", "a number from 0")]
    [InlineData("outer: { gradientPrecision: bf16 }", "outer.gradientPrecision", "one of float32, bfloat16, float16")]
    [InlineData("chunk: { tasks: 0 }", "chunk.tasks", "from 1 to 4096")]
    [InlineData("chunk: { group: 4097 }", "chunk.group", "from 0 to 4096")]
    [InlineData("checkpoints: { keep: 0 }", "checkpoints.keep", "from 1 to 1000")]
    [InlineData("checkpoints: { keepBest: 1001 }", "checkpoints.keepBest", "from 0 to 1000")]
    [InlineData("evaluation: { tasks: 0 }", "evaluation.tasks", "from 1 to")]
    public void Parse_OneFault_IsNamedAlone(string line, string path, string message)
    {
        ConfigurationFault fault = ConfigurationTexts.FaultsOf($"{ConfigurationTexts.Smallest}\n{line}\n").ShouldHaveSingleItem();

        fault.Path.ShouldBe(path);
        fault.Message.ShouldContain(message);
        fault.Place.ShouldBe("line 3");
    }

    [Theory]
    [InlineData("model.widths=[40, 0]", "model.widths", "found '0' at position 2")]
    [InlineData("model.widths=40", "model.widths", "expected a list")]
    [InlineData("model.widths=[]", "model.widths", "found 0 hidden layers")]
    [InlineData("model.widths=[8192, 8192, 8192]", "model.widths", "parameters, expected at most 100000000")]
    [InlineData("model.kind=conv4", "model.kind", "expected mlp for tasks from sinusoid")]
    [InlineData("tasks.way=2", "tasks.way", "expected 1 for tasks from sinusoid")]
    public void Parse_ValuesThatDoNotFitSinusoid_AreNamed(string change, string path, string message) =>
        ExpectOne(ConfigurationTexts.Smallest, change, path, message);

    [Theory]
    [InlineData("tasks.split=1200/432", "tasks.split", "did you mean '1200/423'?")]
    [InlineData("tasks.group=alphabets", "tasks.group", "did you mean 'alphabet'?")]
    [InlineData("tasks.way=1", "tasks.way", "from 2 to 423")]
    [InlineData("tasks.way=424", "tasks.way", "from 2 to 423")]
    [InlineData("tasks.query=20", "tasks.query", "expected at most 20 together")]
    [InlineData("evaluation.query=20", "evaluation.query", "expected at most 20 together")]
    [InlineData("loss=mse", "loss", "expected cross_entropy for tasks from omniglot")]
    [InlineData("model.kind=logistic", "model.kind", "expected conv4 or mlp")]
    [InlineData("model.downsample=max_pool", "model.downsample", "did you mean 'maxpool'?")]
    public void Parse_ValuesThatDoNotFitOmniglot_AreNamed(string change, string path, string message) =>
        ExpectOne(ConfigurationTexts.Omniglot, change, path, message);

    [Fact]
    public void Parse_MissingSections_NamesEveryRequiredSetting() =>
        ConfigurationTexts.FaultsOf("seed: 1").Select(fault => fault.Path)
            .ShouldBe(["tasks.source", "tasks.shot", "tasks.query", "model.kind"], ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("just words")]
    [InlineData("- a\n- list")]
    [InlineData("a: [1")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("? [a]\n: 1")]
    [InlineData("\"\\UFFFFFFFF\": 1")]
    public void Parse_NotAConfiguration_IsOneFault(string yaml) => ConfigurationTexts.FaultsOf(yaml).ShouldHaveSingleItem();

    [Fact]
    public void Parse_DeepNesting_IsRefused() =>
        ConfigurationTexts.FaultsOf("a: " + new string('[', 5000)).ShouldHaveSingleItem().Message.ShouldContain("levels");

    private static void ExpectOne(string yaml, string change, string path, string message)
    {
        ConfigurationFault fault = ConfigurationTexts.FaultsOf(yaml, change).ShouldHaveSingleItem();

        fault.Path.ShouldBe(path);
        fault.Message.ShouldContain(message);
        fault.Place.ShouldBe($"--set {change}");
    }
}
