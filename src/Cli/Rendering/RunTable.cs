using System.Globalization;
using Maml.Cluster.Protos.V1;
using Spectre.Console;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Runs as a table.</summary>
internal static class RunTable
{
    public static Table Create(IEnumerable<Run> runs)
    {
        Table table = new Table().RoundedBorder().AddColumns("run", "state", "iterations", "started (UTC)", "newest evaluation");
        foreach (Run run in runs)
        {
            string state = run.StorageFault.Length > 0 ? $"{ProgressLines.State(run)}, cannot write" : ProgressLines.State(run);
            table.AddRow(
                Markup.Escape(run.RunId),
                Markup.Escape(state),
                string.Create(CultureInfo.InvariantCulture, $"{run.Iteration}/{run.Configuration.Outer.Iterations}"),
                run.Started.ToDateTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Markup.Escape(Newest(run)));
        }

        return table;
    }

    private static string Newest(Run run)
    {
        if (run.Evaluation is not { Steps: [.., var last] } evaluation) return "";
        string value = last.HasAccuracy ? ProgressLines.Percent(last.Accuracy) : $"loss {ProgressLines.Loss(last.Loss)}";
        return string.Create(CultureInfo.InvariantCulture, $"{value} after {evaluation.Iteration}");
    }
}
