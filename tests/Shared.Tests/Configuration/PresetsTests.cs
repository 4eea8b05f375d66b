using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class PresetsTests
{
    public static TheoryData<string> Names => [.. Presets.All.Select(preset => preset.Name)];

    [Fact]
    public void All_HoldsThePromisedPresets() => Presets.All.Select(preset => preset.Name).ShouldBe(
        ["sinusoid", "logistic", "omniglot-5way-1shot", "alphabets-5way-1shot", "omniglot-5way-5shot", "omniglot-20way-1shot", "omniglot-20way-5shot"]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Yaml_IsAConfigurationOfThePresetsName(string name)
    {
        Presets.TryGet(name, out Preset? preset).ShouldBeTrue();

        RunConfiguration run = ConfigurationTexts.Parse(preset.Yaml);

        run.Name.ShouldBe(name);
        preset.Yaml.ShouldStartWith($"# {preset.Summary}\n");
        preset.Summary.Length.ShouldBeInRange(20, 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Yaml_ThroughTextAndMessage_StaysTheSame(string name)
    {
        RunConfiguration run = ConfigurationTexts.Parse(ConfigurationTexts.Yaml(name));

        RunConfigurationFile.Parse(RunConfigurationFile.Write(run), "written").ShouldBe(run);
        RunConfigurationMessages.FromMessage(RunConfigurationMessages.ToMessage(run)).ShouldBe(run);
    }

    [Theory]
    [InlineData("omniglot-5way-1shot", 5, 1)]
    [InlineData("alphabets-5way-1shot", 5, 1)]
    [InlineData("omniglot-5way-5shot", 5, 5)]
    [InlineData("omniglot-20way-1shot", 20, 1)]
    [InlineData("omniglot-20way-5shot", 20, 5)]
    public void Yaml_Omniglot_HasTheWaysAndShotsOfItsName(string name, int way, int shot)
    {
        TaskConfiguration tasks = ConfigurationTexts.Parse(ConfigurationTexts.Yaml(name)).Tasks;

        (tasks.Way, tasks.Shot).ShouldBe((way, shot));
    }

    [Fact]
    public void SettingPaths_All_AreWhatAPresetMayHave()
    {
        foreach (string path in SettingPaths.All)
        {
            ConfigurationException fault = Should.Throw<ConfigurationException>(() => ConfigurationTexts.Parse(ConfigurationTexts.Omniglot, $"{path}={{}}"));
            fault.Faults.ShouldHaveSingleItem().Path.ShouldBe(path);
        }
    }

    [Fact]
    public void TryGet_UnknownName_FindsNothing() => Presets.TryGet("sinusoids", out _).ShouldBeFalse();
}
