using System.Text.Json;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;
using Spectre.Console;

namespace Maml.Cluster.Cli.Tests.Rendering;

public sealed class EvaluationRenderingTests
{
    private static readonly EvaluationResult Classification = new()
    {
        Split = "test",
        Tasks = 600,
        Iteration = 3000,
        Steps =
        {
            new EvaluationStep { Step = 0, Loss = 1.609, LossCi95 = 0.01, Accuracy = 0.2, AccuracyCi95 = 0.004 },
            new EvaluationStep { Step = 1, Loss = 0.125, LossCi95 = 0.02, Accuracy = 0.9567, AccuracyCi95 = 0.0031 },
        },
    };

    private static readonly EvaluationResult Regression = new()
    {
        Split = "test",
        Tasks = 10,
        Steps = { new EvaluationStep { Step = 0, Loss = 4.25, LossCi95 = 0.5 } },
    };

    [Fact]
    public void Json_OfClassification_HasTheNamesOfTheSummary()
    {
        JsonElement root = JsonDocument.Parse(EvaluationJson.Write(Classification)).RootElement;
        root.GetProperty("split").GetString().ShouldBe("test");
        root.GetProperty("tasks").GetInt32().ShouldBe(600);
        JsonElement step = root.GetProperty("steps")[1];
        step.GetProperty("step").GetInt32().ShouldBe(1);
        step.GetProperty("loss").GetDouble().ShouldBe(0.125);
        step.GetProperty("accuracy").GetDouble().ShouldBe(0.9567);
        step.GetProperty("accuracyCi95").GetDouble().ShouldBe(0.0031);
    }

    [Fact]
    public void Json_OfRegression_HasNoAccuracy() =>
        JsonDocument.Parse(EvaluationJson.Write(Regression)).RootElement.GetProperty("steps")[0].GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);

    [Fact]
    public void Table_BeforeAndAfter_HasBothSideBySide()
    {
        string text = Render(EvaluationTable.Create([("before", Classification), ("after", Classification)]));
        text.ShouldContain("loss before");
        text.ShouldContain("accuracy after");
        text.ShouldContain("95.7 ± 0.3 %");
        text.Split('\n').Max(line => line.TrimEnd().Length).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void Table_OfRegression_HasNoAccuracy() => Render(EvaluationTable.Create(Regression)).ShouldNotContain("accuracy");

    [Fact]
    public void Line_OfClassification_FollowsTheAccuracy() =>
        ProgressLines.Evaluation(Classification).ShouldContain("accuracy 20.0 % → 95.7 %");

    private static string Render(Table table)
    {
        var output = new StringWriter();
        new Terminal(output, TextWriter.Null, IsInteractive: false).CreateConsole().Write(table);
        return output.ToString();
    }
}
