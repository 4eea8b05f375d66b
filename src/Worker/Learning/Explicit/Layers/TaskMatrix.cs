using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Layers;

/// <summary>
/// Matrix products with tasks as the leading dimension. A weight is either [K, L], shared by all tasks (then one large
/// product does for all of them), or [T, K, L], each task its own.
/// </summary>
/// <remarks>Sums of products are not written with baddbmm, whose arguments TorchSharp 0.107.0 hands on in another order.</remarks>
internal static class TaskMatrix
{
    /// <summary>x · w for every task, [T, M, K] · w → [T, M, L].</summary>
    public static Tensor Multiply(Tensor x, Tensor w) =>
        w.dim() == 2 ? Rows(x).mm(w).view(x.shape[0], x.shape[1], -1) : x.bmm(w);

    /// <summary>x · w + y · v for every task, where v is each task's own, [T, K, L].</summary>
    public static Tensor MultiplyAdd(Tensor x, Tensor w, Tensor y, Tensor v)
    {
        if (w.dim() == 3) return y.bmm(v).add_(x.bmm(w));
        Tensor sum = y.bmm(v);
        Rows(sum).addmm_(Rows(x), w);
        return sum;
    }

    /// <summary>xᵀ · d for every task, [T, M, K] and [T, M, L] → [T, K, L].</summary>
    public static Tensor Outer(Tensor x, Tensor d) => x.transpose(1, 2).bmm(d);

    /// <summary>aᵀ · b′ + a′ᵀ · b, the derivative of <see cref="Outer"/>; [T, K, L], or [K, L] when summed over tasks.</summary>
    public static Tensor OuterTangent(Tensor a, Tensor aTangent, Tensor b, Tensor bTangent, bool sumOverTasks) => sumOverTasks
        ? Rows(a).t().mm(Rows(bTangent)).addmm(Rows(aTangent).t(), Rows(b))
        : Outer(a, bTangent).add_(Outer(aTangent, b));

    /// <summary>The sum over tasks where it is asked for.</summary>
    public static Tensor Reduce(Tensor perTask, bool sumOverTasks) => sumOverTasks ? perTask.sum(0L) : perTask;

    private static Tensor Rows(Tensor x) => x.reshape(-1, x.shape[^1]);
}
