using Maml.Cluster.Shared.Configuration.Settings;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>Rules that join several settings. Each is asked only when all of its settings are sound by themselves.</summary>
internal static class FitRules
{
    /// <summary>Asks every rule.</summary>
    public static void Check(RunConfiguration configuration, FaultCollector faults)
    {
        if (!faults.IsSound("tasks.source")) return;
        SourceFit fit = SourceFit.Of(configuration.Tasks.Source);
        string source = ConfigurationWords.TaskSources.ToWord(configuration.Tasks.Source);
        CheckModel(configuration, fit, source, faults);
        CheckLoss(configuration, fit, source, faults);
        if (configuration.Tasks.Source == TaskSourceKind.Omniglot)
            CheckOmniglot(configuration, faults);
        else
            CheckFixedWay(configuration.Tasks, fit, source, faults);
        CheckParameters(configuration, faults);
    }

    private static void CheckModel(RunConfiguration configuration, SourceFit fit, string source, FaultCollector faults)
    {
        if (!faults.IsSound("model.kind") || fit.Models.Contains(configuration.Model.Kind)) return;
        string found = ConfigurationWords.ModelKinds.ToWord(configuration.Model.Kind);
        faults.Add("model.kind", $"found '{found}', expected {string.Join(" or ", fit.Models.Select(ConfigurationWords.ModelKinds.ToWord))} for tasks from {source}");
    }

    private static void CheckLoss(RunConfiguration configuration, SourceFit fit, string source, FaultCollector faults)
    {
        if (!faults.IsSound("loss") || configuration.Loss == fit.Loss) return;
        string found = ConfigurationWords.Losses.ToWord(configuration.Loss);
        faults.Add("loss", $"found '{found}', expected {ConfigurationWords.Losses.ToWord(fit.Loss)} for tasks from {source}");
    }

    private static void CheckFixedWay(TaskConfiguration tasks, SourceFit fit, string source, FaultCollector faults)
    {
        if (tasks.Way != fit.FixedWay) faults.Add("tasks.way", $"found {tasks.Way}, expected {fit.FixedWay} for tasks from {source}; leave it out");
    }

    private static void CheckOmniglot(RunConfiguration configuration, FaultCollector faults)
    {
        TaskConfiguration tasks = configuration.Tasks;
        if (faults.IsSound("tasks.split") && !ClassSplit.Names.Contains(tasks.Split))
        {
            string suggestion = Suggestions.Closest(tasks.Split, ClassSplit.Names) is { } closest ? $"; did you mean '{closest}'?" : "";
            faults.Add("tasks.split", $"found {FoundText.Quote(tasks.Split)}, expected {SourceFit.SplitExpectation}{suggestion}");
        }

        if (faults.IsSound("tasks.split", "tasks.way"))
        {
            var ways = new IntegerRange(2, SourceFit.MaximumWay(tasks.Split));
            if (!ways.Contains(tasks.Way)) faults.Add("tasks.way", $"found {tasks.Way}, expected {ways} for the split {tasks.Split}");
        }

        if (!faults.IsSound("tasks.shot")) return;
        CheckExamples("tasks.query", tasks.Query, tasks.Shot, faults);
        CheckExamples("evaluation.query", configuration.Evaluation.Query, tasks.Shot, faults);
    }

    private static void CheckExamples(string path, int query, int shot, FaultCollector faults)
    {
        if (faults.IsSound(path) && shot + query > SourceFit.OmniglotExamples)
        {
            faults.Add(path, $"found {query} with tasks.shot {shot}, expected at most {SourceFit.OmniglotExamples} together: " +
                $"an Omniglot character has {SourceFit.OmniglotExamples} drawings; lower one of the two");
        }
    }

    private static void CheckParameters(RunConfiguration configuration, FaultCollector faults)
    {
        if (!faults.IsSound("model.kind", "model.widths", "model.filters", "tasks.way")) return;
        int count = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks)).Count;
        if (count > Limits.Parameters)
        {
            string path = configuration.Model.Kind == ModelKind.Mlp ? "model.widths" : "model.filters";
            faults.Add(path, $"found a model of {count} parameters, expected at most {Limits.Parameters}; make it narrower");
        }
    }
}
