using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning.Explicit;
using Maml.Cluster.Worker.Models;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Finds the meta-learner for a run.</summary>
internal static class MetaLearners
{
    /// <summary>Creates the fastest meta-learner that computes what the configuration asks for.</summary>
    public static IMetaLearner Create(RunConfiguration configuration)
    {
        ParameterLayout layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        ILoss loss = LossFactory.Create(configuration.Loss);
        double learningRate = configuration.Inner.LearningRate;
        return ExplicitConv4MetaLearner.Supports(configuration)
            ? new ExplicitConv4MetaLearner(loss, layout, configuration.Algorithm, learningRate)
            : new MetaLearner(ModelFactory.Create(configuration.Model), loss, layout, configuration.Algorithm, learningRate);
    }
}
