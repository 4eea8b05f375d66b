using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Benchmarks.Arithmetic;

/// <summary>
/// Floating-point operations that one task of an iteration needs, counted from the configuration: two for each multiplication and
/// addition of a convolution or matrix product. Everything else (normalisation, activations, losses, updates) is left out: it is
/// proportional to activations and weights, and small beside these. What an implementation computes more than once, or to no use, does
/// not count.
/// </summary>
/// <param name="MetaGradient">For the meta-gradient.</param>
/// <param name="Curves">Besides, for query losses after each inner step but the last, which are recorded and nothing is derived from.</param>
internal readonly record struct FlopCount(double MetaGradient, double Curves)
{
    /// <summary>Counts.</summary>
    /// <param name="configuration">A validated configuration.</param>
    public static FlopCount Of(RunConfiguration configuration)
    {
        PassCosts costs = PassCosts.Of(configuration);
        TaskConfiguration tasks = configuration.Tasks;
        int steps = configuration.Inner.Steps;
        double support = tasks.Way * tasks.Shot, query = tasks.Way * tasks.Query;

        // MAML goes back through every inner step with one Hessian-vector product: the tangents of its two passes.
        double step = costs.Forward + costs.Gradient;
        if (configuration.Algorithm == Algorithm.Maml) step += costs.TangentForward + costs.TangentGradient;
        return new FlopCount(
            (steps * support * step) + (query * (costs.Forward + costs.Gradient)),
            (steps - 1) * query * costs.Forward);
    }
}
