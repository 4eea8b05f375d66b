using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Models;
using Loss = Maml.Cluster.Shared.Configuration.Loss;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>The labels of a support set, or its numbers.</summary>
/// <param name="configuration">The run's configuration: whether it tells classes apart, and how many.</param>
internal sealed class SupportAnswers(RunConfiguration configuration)
{
    private const int LongestLabel = 256;

    private readonly List<string> _labels = [];

    /// <summary>The different labels in order of appearance; empty for regression.</summary>
    public IReadOnlyList<string> Labels => _labels;

    private bool IsRegression => configuration.Loss == Loss.Mse;

    // One logit tells two classes apart.
    private int Ways => configuration.Loss == Loss.BinaryCrossEntropy ? 2 : TaskShape.Of(configuration.Tasks).Outputs;

    /// <summary>One number for each example: the position of its label in <see cref="Labels"/>, or the number.</summary>
    public float[] Read(IReadOnlyList<SupportExample> support, RequestFaults faults)
    {
        float[] answers = new float[support.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            if (FaultOf(support[i]) is { } fault) faults.Add($"support[{i}]", fault);
            else answers[i] = IsRegression ? support[i].Number : PositionOf(support[i].Label);
        }

        if (_labels.Count > Ways)
        {
            faults.Add("support", $"found {_labels.Count} different labels, expected at most {Ways}: the run was trained for tasks of {Ways} ways. "
                + "Leave labels out, or use a run with tasks.way as large");
        }
        else if (!IsRegression && _labels.Count == 1)
        {
            faults.Add("support", "found a single label, expected two or more, since there would be nothing to tell apart");
        }

        return answers;
    }

    private string? FaultOf(SupportExample example) => example.AnswerCase switch
    {
        SupportExample.AnswerOneofCase.Label when IsRegression => "found a label, expected a number: the run learns to regress",
        SupportExample.AnswerOneofCase.Number when !IsRegression => "found a number, expected a label: the run learns to classify",
        SupportExample.AnswerOneofCase.Number => float.IsFinite(example.Number) ? null : $"found {example.Number}, expected a finite number",
        SupportExample.AnswerOneofCase.Label => example.Label.Length is >= 1 and <= LongestLabel
            ? null
            : $"found a label of {example.Label.Length} characters, expected 1 to {LongestLabel}",
        _ => IsRegression ? "found no number, expected one" : "found no label, expected one",
    };

    private int PositionOf(string label)
    {
        int position = _labels.IndexOf(label);
        if (position >= 0) return position;
        _labels.Add(label);
        return _labels.Count - 1;
    }
}
