using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Tests.Records;

public sealed class RunRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunConfiguration _configuration = Configurations.Logistic();
    private readonly RunFolder _run;

    public RunRecordsTests() => _run = RunFolder.Create(_folder.Path, _configuration, DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Continue_FromAnIteration_GoesOnAsIfNothingHadHappened()
    {
        using (RunRecords undisturbed = Create()) Fill(undisturbed, from: 0, to: 6);
        byte[] metrics = File.ReadAllBytes(_run.Metrics), evaluations = File.ReadAllBytes(_run.Evaluations);
        File.Delete(_run.Metrics);
        File.Delete(_run.Evaluations);

        using (RunRecords first = Create()) Fill(first, from: 0, to: 5);
        File.AppendAllText(_run.Metrics, "6,1.5,0.2");
        File.WriteAllText(_run.Metrics + $".{Guid.NewGuid():N}.partial", "half");
        using (RunRecords second = Continue(iteration: 4))
        {
            second.EarlierSeconds.ShouldBe(4.5);
            second.EarlierEvaluations.Select(evaluation => evaluation.Iteration).ShouldBe([0, 2, 4]);
            EvaluationSummary expected = Evaluation(4);
            second.EarlierEvaluations[^1].Steps.ShouldBe(expected.Steps);
            second.EarlierEvaluations[^1].Tasks.ShouldBe(expected.Tasks);
            Fill(second, from: 5, to: 6);
        }

        File.ReadAllBytes(_run.Metrics).ShouldBe(metrics);
        File.ReadAllBytes(_run.Evaluations).ShouldBe(evaluations);
        Directory.GetFiles(_run.Path, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public void Continue_LastEvaluationTorn_GoesAsAWhole()
    {
        using (RunRecords first = Create()) Fill(first, from: 0, to: 4);
        string[] lines = File.ReadAllLines(_run.Evaluations);
        File.WriteAllText(_run.Evaluations, string.Join('\n', lines[..^1]) + "\n");
        using RunRecords second = Continue(iteration: 4);
        second.EarlierEvaluations.Select(evaluation => evaluation.Iteration).ShouldBe([0, 2]);
        File.ReadAllLines(_run.Evaluations).ShouldBe(lines[..^4]);
    }

    [Fact]
    public void Continue_NoTables_BeginsThem()
    {
        using (RunRecords first = Create()) Fill(first, from: 0, to: 0);
        string[] header = [File.ReadAllLines(_run.Metrics)[0], File.ReadAllLines(_run.Evaluations)[0]];
        File.Delete(_run.Metrics);
        File.Delete(_run.Evaluations);
        using RunRecords second = Continue(iteration: 4);
        (second.EarlierSeconds, second.EarlierEvaluations.Count).ShouldBe((0, 0));
        new[] { File.ReadAllText(_run.Metrics).TrimEnd(), File.ReadAllText(_run.Evaluations).TrimEnd() }.ShouldBe(header);
    }

    private static void Fail(TableFault fault) => throw new InvalidOperationException(fault.Message);

    private static EvaluationSummary Evaluation(long iteration) => new(
        iteration, 9, [.. Enumerable.Range(0, 4).Select(step => new StepSummary(step, 1.0 / (iteration + step + 3), 0.01, step / 7.0, step == 0 ? null : 0.1))]);

    private RunRecords Create() => RunRecords.Create(_run, _configuration, TimeProvider.System, Fail);

    private RunRecords Continue(long iteration) =>
        RunRecords.Continue(RunFolder.Open(_run.Path + "/"), _configuration, iteration, TimeProvider.System, Fail, notice => throw new InvalidOperationException(notice));

    private static void Fill(RunRecords records, int from, int to)
    {
        for (int iteration = from; iteration <= to; iteration++)
        {
            if (iteration > 0) records.Add(new IterationRecord(iteration, iteration, [0.7f, 0.1f * iteration], [0.5f, 0.6f], 1.0 / 3, 0.01, 17, 2));
            if (iteration % 2 == 0) records.Add(Evaluation(iteration), iteration + 0.5);
        }
    }
}
