using Maml.Cluster.Coordinator.Adaptation;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Adaptation;

public sealed class AnswersTests
{
    [Fact]
    public void From_Logits_AreASoftmaxOverTheLabelsInUse()
    {
        IReadOnlyList<Prediction> predictions = Answers.From([0, MathF.Log(3), 100, 1000, 1000, 0], 3, ["a", "b"]);
        predictions.Count.ShouldBe(2);
        predictions[0].Label.ShouldBe("b");
        predictions[0].Probabilities.ShouldBe([0.25f, 0.75f], 1e-6);
        predictions[1].Label.ShouldBe("a", "equals go to the first");
        predictions[1].Probabilities.ShouldBe([0.5f, 0.5f], 1e-6);
    }

    [Fact]
    public void From_OneLogit_IsTheProbabilityOfTheSecondLabel() =>
        Answers.From([MathF.Log(4)], 1, ["no", "yes"])[0].Probabilities.ShouldBe([0.2f, 0.8f], 1e-6);

    [Fact]
    public void From_NoLabels_AreNumbers() => Answers.From([1.5f, -2], 1, []).Select(prediction => prediction.Number).ShouldBe([1.5f, -2f]);
}
