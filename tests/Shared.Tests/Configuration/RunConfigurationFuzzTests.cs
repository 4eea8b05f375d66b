using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class RunConfigurationFuzzTests
{
    private const int Mutants = 1000;

    private static readonly string[] Fragments =
    [
        ":", "- ", "[", "]", "{", "}", "\n", "\n  ", "\t", "#", "&a ", "*a", "!!int ", "!<x> ", "'", "\"", "\\U00110000", "| ", "> ", "%YAML 1.2\n",
        "---\n", "...\n", "? ", "~", "null", ".nan", "-.inf", "1e999", "-1", "0", "99999999999999999999", "\0", "\uD800", "\uFEFF", "é", "<<: ",
    ];

    [Fact]
    public void Parse_MutatedPresets_IsReadOrRefusedAndNothingElse()
    {
        int seed = Environment.TickCount;
        for (int mutant = 0; mutant < Mutants; mutant++)
        {
            string yaml = Mutate(new Random(unchecked(seed + mutant)));
            try
            {
                RunConfiguration run = RunConfigurationFile.Parse(yaml, "mutant");
                RunConfigurationFile.Parse(RunConfigurationFile.Write(run), "written").ShouldBe(run);
            }
            catch (ConfigurationException fault)
            {
                fault.Faults.ShouldNotBeEmpty();
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {unchecked(seed + mutant)} ended in {fault}\n{yaml}");
            }
        }
    }

    private static string Mutate(Random random)
    {
        string yaml = Presets.All[random.Next(Presets.All.Count)].Yaml;
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int at = random.Next(yaml.Length);
            int length = Math.Min(random.Next(12), yaml.Length - at);
            string fragment = Fragments[random.Next(Fragments.Length)];
            yaml = random.Next(4) switch
            {
                0 => yaml.Insert(at, fragment),
                1 => yaml.Remove(at, length),
                2 => yaml.Remove(at, length).Insert(at, fragment),
                _ => yaml.Insert(at, yaml.Substring(at, length)),
            };
        }

        return yaml;
    }
}
