using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class RunConfigurationMessagesTests
{
    [Fact]
    public void FromMessage_Empty_NamesEverySection()
    {
        ConfigurationException fault = Should.Throw<ConfigurationException>(() => RunConfigurationMessages.FromMessage(new()));

        fault.Faults.Select(one => one.Path).ShouldBe(
            ["name", "algorithm", "secondOrder", "model", "tasks", "loss", "inner", "outer", "evaluation", "checkpoints", "chunk"], ignoreOrder: true);
    }

    [Fact]
    public void FromMessage_SeveralFaults_NamesAllByTheirPathsInYaml()
    {
        Protos.V1.RunConfiguration message = Message();
        message.Algorithm = (Protos.V1.Algorithm)77;
        message.Inner.LearningRate = double.NaN;
        message.Outer.Iterations = ulong.MaxValue;
        message.Outer.Schedule = "cosin";
        message.Evaluation.InnerSteps = uint.MaxValue;
        message.Tasks.Way = 500;

        ConfigurationException fault = Should.Throw<ConfigurationException>(() => RunConfigurationMessages.FromMessage(message));

        fault.Faults.Count.ShouldBe(6);
        fault.Message.ShouldContain("algorithm: found 77, expected one of maml, fomaml");
        fault.Message.ShouldContain("inner.learningRate: found .nan");
        fault.Message.ShouldContain("outer.iterations: found 18446744073709551615");
        fault.Message.ShouldContain("outer.schedule: found 'cosin', expected one of constant, cosine; did you mean 'cosine'?");
        fault.Message.ShouldContain("evaluation.innerSteps: found 4294967295");
        fault.Message.ShouldContain("tasks.way: found 500, expected a whole number from 2 to 423");
    }

    [Fact]
    public void FromMessage_WidthsMissing_IsRefused()
    {
        Protos.V1.RunConfiguration message = Message();
        message.Model.Widths.Clear();

        Should.Throw<ConfigurationException>(() => RunConfigurationMessages.FromMessage(message))
            .Faults.ShouldHaveSingleItem().Path.ShouldBe("model.widths");
    }

    private static Protos.V1.RunConfiguration Message() => RunConfigurationMessages.ToMessage(ConfigurationTexts.Parse(ConfigurationTexts.Omniglot));
}
