using System.Globalization;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>One run in a few lines.</summary>
internal static class RunDescription
{
    public static IEnumerable<string> Lines(Run run)
    {
        yield return $"run          {run.RunId}";
        yield return $"state        {ProgressLines.State(run)}";
        if (run.Fault.Length > 0) yield return $"fault        {run.Fault}";
        if (run.StorageFault.Length > 0) yield return $"cannot write {run.StorageFault}";
        yield return string.Create(CultureInfo.InvariantCulture, $"iterations   {run.Iteration} of {run.Configuration.Outer.Iterations}");
        if (run.HasCheckpointIteration) yield return $"checkpoint   of iteration {run.CheckpointIteration}";
        yield return string.Create(CultureInfo.InvariantCulture, $"started      {run.Started.ToDateTime():yyyy-MM-dd HH:mm:ss} UTC");
        yield return $"folder       {run.Directory}, on the coordinator";
        if (run.MetaParametersSha256.Length > 0) yield return $"SHA-256 of θ {run.MetaParametersSha256}";
        if (run.Evaluation is { } evaluation) yield return ProgressLines.Evaluation(evaluation);
    }
}
