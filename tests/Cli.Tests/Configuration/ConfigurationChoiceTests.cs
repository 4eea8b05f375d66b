using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Tests.Configuration;

public sealed class ConfigurationChoiceTests
{
    [Fact]
    public void Load_Preset_KeepsItsName()
    {
        ChosenConfiguration chosen = ConfigurationChoice.Load("logistic", [new ConfigurationOverride("seed", "7")]);
        chosen.Preset.ShouldBe("logistic");
        chosen.Configuration.Seed.ShouldBe(7ul);
    }

    [Fact]
    public void Load_File_HasNoPreset()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mine.yaml"), Presets.All[0].Yaml);
        ConfigurationChoice.Load(folder.File("mine.yaml"), []).Preset.ShouldBe("");
    }

    [Theory]
    [InlineData("sinusiod", "Did you mean 'sinusoid'?")]
    [InlineData("nowhere/mine.yaml", "There is no file 'nowhere/mine.yaml'")]
    [InlineData("/tmp", "is a folder")]
    public void Load_NothingOfThatName_SaysSo(string name, string expected) =>
        Should.Throw<UsageException>(() => ConfigurationChoice.Load(name, [])).Message.ShouldContain(expected);

    [Fact]
    public void Load_SeveralFaults_NamesAll()
    {
        ConfigurationOverride[] overrides = [new("inner.steps", "0"), new("inner.learningRate", "NaN"), new("outer.iteratoins", "3")];
        string message = Should.Throw<ConfigurationException>(() => ConfigurationChoice.Load("sinusoid", overrides)).Message;
        string[] named = ["inner.steps", "inner.learningRate", "iteratoins"];
        foreach (string name in named) message.ShouldContain(name);
    }
}
