namespace Maml.Cluster.Shared.Tasks;

/// <summary>What a task is drawn for. Tasks of different splits come from different streams and, for images, different classes.</summary>
public enum TaskSplit
{
    /// <summary>Meta-training.</summary>
    Train,

    /// <summary>Evaluation on held-out tasks.</summary>
    Test,
}
