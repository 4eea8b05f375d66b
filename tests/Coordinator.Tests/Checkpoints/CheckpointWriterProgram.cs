using System.Globalization;
using Maml.Cluster.Coordinator.Checkpoints;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

/// <summary>This assembly as a program: saves one checkpoint after the other, and tells of each, until it is killed.</summary>
internal static class CheckpointWriterProgram
{
    public const string Command = "save-checkpoints";
    public const int Keep = 2;
    public const int KeepBest = 1;

    public static int Main(string[] arguments)
    {
        if (arguments is not [Command, var folder]) return 1;
        CheckpointStore store = SmallCheckpoints.Open(folder, Keep, KeepBest);
        for (long iteration = (store.Newest?.Iteration ?? 0) + 1; ; iteration++)
        {
            // Every other one twice, so that replacing is interrupted as well; every third one is the best so far.
            for (int time = 0; time <= iteration % 2; time++) store.Save(SmallCheckpoints.Create(iteration, width: 100));
            store.Score(iteration, iteration % 3 == 0 ? iteration : 0);
            Console.Out.WriteLine(iteration.ToString(CultureInfo.InvariantCulture));
        }
    }
}
