using System.Text.Json;
using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Schemas;

/// <summary>
/// The schemas that the API servers of Kubernetes publish, as npm packages have them, and Node.js to check with. Installed once into a
/// folder that git ignores, from <c>package.json</c> beside this file.
/// </summary>
public sealed class SchemaValidator : IAsyncLifetime
{
    private static readonly string Source = Repository.At("tests", "Deploy.Tests", "Schemas");
    private static readonly string Installed = Repository.At(".maml", "schemas");

    private string? _unavailable;

    public async Task InitializeAsync()
    {
        if (!Command.Exists("npm") || !Command.Exists("node"))
        {
            _unavailable = "There is no Node.js with npm on the PATH, which the schemas come by.";
            return;
        }

        string wanted = await File.ReadAllTextAsync(Path.Combine(Source, "package.json"));
        string stamp = Path.Combine(Installed, "installed.json");
        Directory.CreateDirectory(Installed);
        foreach (string file in Directory.GetFiles(Source, "*.mjs").Append(Path.Combine(Source, "package.json")))
            File.Copy(file, Path.Combine(Installed, Path.GetFileName(file)), overwrite: true);
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return;

        // No lock file: it would name the addresses that packages come from, which differ from place to place; versions are exact.
        Command install = await Command.RunAsync(
            "npm", ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], folder: Installed);
        if (install.ExitCode == 0) await File.WriteAllTextAsync(stamp, wanted);
        else _unavailable = $"npm cannot install the schemas: {install.Errors}";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What is wrong with Kubernetes objects; skips the test where the schemas cannot be had, but fails it in CI.</summary>
    internal Task<IReadOnlyList<string>> FaultsOfAsync(IEnumerable<JsonObject> objects) =>
        RunAsync("validate.mjs", new JsonArray([.. objects.Select(item => item.DeepClone())]));

    /// <summary>What is wrong with a compose file.</summary>
    internal Task<IReadOnlyList<string>> FaultsOfComposeAsync(JsonObject compose) => RunAsync("compose.mjs", compose);

    private async Task<IReadOnlyList<string>> RunAsync(string script, JsonNode input)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") _unavailable.ShouldBeNull();
        Skip.If(_unavailable is not null, _unavailable);
        Command checkedWith = await Command.RunAsync("node", [script], input.ToJsonString(), Installed);
        checkedWith.ExitCode.ShouldBe(0, checkedWith.Errors);
        return JsonSerializer.Deserialize<string[]>(checkedWith.Output)!;
    }
}
