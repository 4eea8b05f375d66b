using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Usage;

/// <summary>Promise 6: every bad input ends in one message that names what was wrong, and leaves nothing behind.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Train_UnknownPreset_SuggestsTheClosest() =>
        await RefusedAsync(2, ["train", "sinusiod"], "sinusiod", "sinusoid");

    [Fact]
    public async Task Train_FileWithThreeFaults_NamesAllThree()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("bad.yaml");
        await File.WriteAllTextAsync(file, """
            name: bad
            model: { kind: mlp }
            tasks: { source: sinusoid, shot: 5, query: 5 }
            loss: mse
            inner: { steps: 0, learningRate: .nan }
            outer: { iteratoins: 5 }
            """);
        await RefusedAsync(2, ["train", file], "inner.steps", "inner.learningRate", "iteratoins", "iterations");
    }

    [Fact]
    public async Task Train_OverrideWithNaN_NamesTheSetting() =>
        await RefusedAsync(2, ["train", "sinusoid", "--set", "inner.learningRate=NaN"], "inner.learningRate");

    [Fact]
    public async Task Train_NoWorkers_SaysWhatIsExpected() =>
        await RefusedAsync(2, ["train", "sinusoid", "--workers", "0"], "--workers", "auto");

    [Fact]
    public async Task Train_MissingDataFolder_NamesTheFolder() =>
        await RefusedAsync(1, ["train", "omniglot-5way-1shot", "--data", "/nowhere/omniglot"], "/nowhere/omniglot");

    [Fact]
    public async Task Train_TruncatedArchive_NamesTheArchive()
    {
        using var folder = new TemporaryFolder();
        byte[] start = [.. "PK\x03\x04"u8, .. new byte[5000]];
        await File.WriteAllBytesAsync(folder.File("images_background.zip"), start);
        await File.WriteAllBytesAsync(folder.File("images_evaluation.zip"), start);
        await RefusedAsync(1, ["train", "omniglot-5way-1shot", "--data", folder.Path], "images_background.zip");
    }

    [OmniglotFact]
    public async Task Train_ImageThatIsNoPng_NamesTheImage()
    {
        const string Image = "Greek/character01/0394_01.png";
        using var folder = new TemporaryFolder();
        foreach (string half in new[] { "images_background.zip", "images_evaluation.zip" })
            File.WriteAllBytes(folder.File(half), await File.ReadAllBytesAsync(Path.Combine(Omniglot.Folder, half)));
        using (ZipArchive archive = ZipFile.Open(folder.File("images_background.zip"), ZipArchiveMode.Update))
        {
            archive.GetEntry($"images_background/{Image}").ShouldNotBeNull().Delete();
            await using var writer = new StreamWriter(archive.CreateEntry($"images_background/{Image}").Open());
            await writer.WriteAsync("not a picture");
        }

        await RefusedAsync(1, ["train", "omniglot-5way-1shot", "--data", folder.Path], "images_background.zip", Image, "PNG");
    }

    [Fact]
    public async Task Coordinator_PortInUse_NamesThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var folder = new TemporaryFolder();
        await RefusedAsync(1, ["coordinator", "--port", $"{port}", "--runs", folder.Path], $"{port}", "in use");
    }

    [Fact]
    public async Task Evaluate_NoSuchRun_NamesThePath() =>
        await RefusedAsync(1, ["evaluate", "/nowhere/run"], "/nowhere/run");

    private static async Task RefusedAsync(int exitCode, string[] arguments, params string[] expected)
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("runs");
        MamlResult result = await MamlProcess.RunAsync(arguments[0] == "train" ? [.. arguments, "--output", output] : arguments);
        result.ExitCode.ShouldBe(exitCode, $"{result.Output}\n{result.Errors}");
        foreach (string text in expected) result.Errors.ShouldContain(text);
        result.Errors.ShouldNotContain("   at ", customMessage: "a stack trace reached the user");
        Directory.Exists(output).ShouldBeFalse("something half-written was left behind");
    }
}
