using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class ConfigurationOverrideTests
{
    [Theory]
    [InlineData("inner.steps=5", "inner.steps", "5")]
    [InlineData(" name = a=b ", "name", "a=b")]
    [InlineData("name=", "name", "")]
    public void Parse_PathAndValue_SplitsAtTheFirstEqualsSign(string text, string path, string value) =>
        ConfigurationOverride.Parse(text).ShouldBe(new ConfigurationOverride(path, value));

    [Theory]
    [InlineData("inner.steps")]
    [InlineData("=5")]
    [InlineData("")]
    public void Parse_NoPathOrNoEqualsSign_SaysWhatIsExpected(string text) =>
        Should.Throw<ConfigurationException>(() => ConfigurationOverride.Parse(text)).Message.ShouldContain("such as inner.steps=5");

    [Fact]
    public void Apply_SeveralOverrides_ChangeOnlyTheirSettings()
    {
        RunConfiguration before = ConfigurationTexts.Parse(ConfigurationTexts.Smallest);

        RunConfiguration after = ConfigurationTexts.Parse(
            ConfigurationTexts.Smallest, "inner.steps=5", "model.widths=[64, 32]", "outer.schedule=cosine", "inner.steps=7");

        after.ShouldBe(before with
        {
            Inner = before.Inner with { Steps = 7 },
            Model = before.Model with { Widths = [64, 32] },
            Outer = before.Outer with { Schedule = LearningRateSchedule.Cosine },
        });
    }

    [Fact]
    public void Apply_OverrideOfAWrongValueInTheFile_MendsIt() =>
        ConfigurationTexts.Parse($"{ConfigurationTexts.Smallest}\ninner: {{ steps: zero }}", "inner.steps=2").Inner.Steps.ShouldBe(2);

    [Theory]
    [InlineData("iner.steps=5", "did you mean 'inner.steps'?")]
    [InlineData("inner.step=5", "did you mean 'inner.steps'?")]
    [InlineData("clipNorm=5", "did you mean 'outer.clipNorm'?")]
    [InlineData("inner.steps.now=5", "there is no such setting")]
    [InlineData("inner.steps=[1", "is not YAML")]
    [InlineData("inner.learningRate=NaN", "found 'NaN'")]
    [InlineData("inner.steps=", "found no value")]
    [InlineData("inner=3", "expected a section")]
    public void Apply_WrongPathOrValue_NamesTheOptionAndTheRemedy(string text, string message)
    {
        ConfigurationException fault = Should.Throw<ConfigurationException>(() => ConfigurationTexts.Parse(ConfigurationTexts.Smallest, text));

        fault.Faults.ShouldHaveSingleItem();
        fault.Message.ShouldContain($"--set {text}");
        fault.Message.ShouldContain(message);
    }
}
