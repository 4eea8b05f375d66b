namespace Maml.Cluster.Shared.Data;

/// <summary>How much of everything the data set has.</summary>
internal sealed record OmniglotLayout(int BackgroundClasses, int EvaluationClasses, int ExamplesPerClass, int ImageSide)
{
    public const string Background = "images_background";
    public const string Evaluation = "images_evaluation";
    public const string Where = "Get images_background.zip and images_evaluation.zip from the authors' repository on GitHub "
        + "(brendenlake/omniglot, folder python) and name the folder that holds both.";

    /// <summary>As the authors published it (Lake, Salakhutdinov, Tenenbaum, Science 2015).</summary>
    public static OmniglotLayout Published { get; } = new(964, 659, 20, 105);
}
