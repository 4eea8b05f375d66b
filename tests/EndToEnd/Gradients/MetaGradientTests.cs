using System.Diagnostics;
using System.Text.Json;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Gradients;

/// <summary>
/// Promise 1: what `maml gradient` writes equals what plain PyTorch computes without any of our code. In float64, and in the
/// float32 of training; across the two, an activation may fall on the other side of a kink, in PyTorch as well as here.
/// </summary>
public sealed class MetaGradientTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string, int> SyntheticCases => new()
    {
        { "sinusoid", "maml", 1 }, { "sinusoid", "maml", 5 }, { "sinusoid", "fomaml", 1 },
        { "logistic", "maml", 1 }, { "logistic", "maml", 5 }, { "logistic", "fomaml", 1 },
    };

    public static TheoryData<string, string, int> OmniglotCases => new()
    {
        { "stride", "maml", 1 }, { "stride", "maml", 5 }, { "stride", "fomaml", 1 },
        { "maxpool", "maml", 1 }, { "maxpool", "maml", 5 }, { "maxpool", "fomaml", 1 },
    };

    [Theory]
    [MemberData(nameof(SyntheticCases))]
    public Task Gradient_SyntheticTasks_EqualsPyTorch(string preset, string algorithm, int steps) =>
        CompareAsync(preset, algorithm, steps);

    [OmniglotTheory]
    [MemberData(nameof(OmniglotCases))]
    public Task Gradient_Omniglot_EqualsPyTorch(string downsample, string algorithm, int steps) =>
        CompareAsync("omniglot-5way-1shot", algorithm, steps, "--data", Omniglot.Folder, "--set", $"model.downsample={downsample}", "--set", "inner.learningRate=0.4");

    private static async Task CompareAsync(string preset, string algorithm, int steps, params string[] more)
    {
        await CompareAsync("float64", preset, algorithm, steps, more);
        await CompareAsync("float32", preset, algorithm, steps, more);
    }

    private static async Task CompareAsync(string precision, string preset, string algorithm, int steps, string[] more)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("gradient.safetensors");
        string[] arguments =
        [
            "gradient", preset, "--tasks", "4", "--seed", "11", "--precision", precision, "--output", file,
            "--set", $"algorithm={algorithm}", "--set", $"inner.steps={steps}", .. more,
        ];
        (await MamlProcess.RunAsync(arguments)).ShouldSucceed();

        JsonElement comparison = await RunReferenceAsync(file);
        comparison.GetProperty("relative_error").GetDouble().ShouldBeLessThan(Tolerance, comparison.ToString());
        comparison.GetProperty("worst_relative_error").GetDouble().ShouldBeLessThan(10 * Tolerance, comparison.ToString());
        comparison.GetProperty("first_order_difference").GetDouble().ShouldBeGreaterThan(100 * Tolerance, comparison.ToString());
    }

    private static async Task<JsonElement> RunReferenceAsync(string file)
    {
        // Debian's interpreter, not another one that may come first on the path: python3-torch belongs to it.
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Reference", "check_meta_gradient.py"));
        start.ArgumentList.Add(file);
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, $"The reference needs python3-torch (apt-get install python3-torch).\n{await errors}");
        return JsonDocument.Parse(output).RootElement;
    }
}
