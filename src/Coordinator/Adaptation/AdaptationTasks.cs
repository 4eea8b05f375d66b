using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using InlineTask = Maml.Cluster.Shared.Tasks.InlineTask;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>Reads what a client brings along: checked against the run, as numbers.</summary>
internal static class AdaptationTasks
{
    /// <summary>Most inner steps; as for evaluations.</summary>
    public const uint MaximumInnerSteps = 1_000;

    /// <summary>Most numbers in all examples, an answer each included: 1,273 pictures of 28 × 28. As bytes they fit what a worker takes in one message.</summary>
    public const int MaximumNumbers = 1_000_000;

    /// <summary>Turns a request into a task.</summary>
    /// <exception cref="ConfigurationException">Something does not fit; all faults are named.</exception>
    public static AdaptationTask Read(AdaptRequest request, RunConfiguration configuration)
    {
        var faults = new RequestFaults();
        TaskShape shape = TaskShape.Of(configuration.Tasks);
        if (request.HasInnerSteps && request.InnerSteps > MaximumInnerSteps)
            faults.Add("inner_steps", $"found {request.InnerSteps}, expected at most {MaximumInnerSteps}");
        CheckCounts(request, configuration, shape, faults);
        faults.ThrowIfAny();

        var answers = new SupportAnswers(configuration);
        float[] labels = answers.Read(request.Support, faults);
        var reader = new ExampleReader(shape, request.BrightInk, faults);
        float[] support = reader.Read(request.Support.Select(example => example.Example), "support");
        float[] query = reader.Read(request.Query, "query");
        faults.ThrowIfAny();
        int innerSteps = request.HasInnerSteps ? (int)request.InnerSteps : configuration.Evaluation.InnerSteps;
        return new AdaptationTask(new InlineTask(0, support, labels, query), answers.Labels, innerSteps);
    }

    private static void CheckCounts(AdaptRequest request, RunConfiguration configuration, TaskShape shape, RequestFaults faults)
    {
        int most = MaximumNumbers / (shape.FeatureCount + 1);
        int examples = request.Support.Count + request.Query.Count;
        if (request.Support.Count == 0) faults.Add("support", "found no example, expected one or more");
        if (request.Query.Count == 0) faults.Add("query", "found no example, expected one or more");
        if (examples > most) faults.Add("query", $"found {examples} examples with those of support, expected at most {most}. Ask in several requests");

        // Four halvings that round down leave one pixel, and the statistics of a single number say nothing of it.
        if (configuration.Model is { Kind: ModelKind.Conv4, Downsample: Downsample.MaxPool } && request.Query.Count == 1)
            faults.Add("query", "found a single picture, expected two or more: this network takes its batch statistics over them");
    }
}
