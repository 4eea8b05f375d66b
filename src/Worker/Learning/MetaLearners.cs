using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning.Explicit;
using Maml.Cluster.Worker.Models;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Finds the meta-learner for a run.</summary>
internal static class MetaLearners
{
    /// <summary>Creates the fastest meta-learner that computes what the configuration asks for.</summary>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="device">The kind of device that it is for.</param>
    /// <param name="precision">The numbers that it is to compute with: float32 or float64.</param>
    public static IMetaLearner Create(RunConfiguration configuration, DeviceType device, torch.ScalarType precision)
    {
        ParameterLayout layout = ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));
        ILoss loss = LossFactory.Create(configuration.Loss);
        double learningRate = configuration.Inner.LearningRate;
        if (configuration is not { Model.Kind: ModelKind.Conv4, Loss: Loss.CrossEntropy })
        {
            return new MetaLearner(
                ModelFactory.Create(configuration.Model), loss, layout, configuration.Algorithm, configuration.SecondOrder, learningRate);
        }

        IConv4Engine engine = Conv4Engines.Find(configuration.Model, layout, device, precision);
        return new BatchedMetaLearner(
            new ExplicitConv4MetaLearner(engine, loss, configuration.Algorithm, configuration.SecondOrder, learningRate), engine.TasksAtOnce);
    }
}
