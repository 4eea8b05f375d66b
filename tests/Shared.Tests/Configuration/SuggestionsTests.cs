using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

public sealed class SuggestionsTests
{
    private static readonly string[] Known = ["train", "evaluate", "worker", "omniglot-5way-1shot", "learningRate"];

    [Theory]
    [InlineData("trian", "train")]
    [InlineData("TRAIN", "train")]
    [InlineData("evalute", "evaluate")]
    [InlineData("workers", "worker")]
    [InlineData("learning_rate", "learningRate")]
    [InlineData("omniglot", "omniglot-5way-1shot")]
    public void Closest_NearWord_IsFound(string unknown, string expected) => Suggestions.Closest(unknown, Known).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("serve")]
    [InlineData("zzzzzzzzzzzzzzzz")]
    public void Closest_NothingNear_IsNull(string unknown) => Suggestions.Closest(unknown, Known).ShouldBeNull();

    [Fact]
    public void Closest_VeryLongWord_IsNull() => Suggestions.Closest(new string('t', 100_000), Known).ShouldBeNull();

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("same", "same", 0)]
    public void Distance_TwoWords_CountsEdits(string left, string right, int expected)
    {
        Suggestions.Distance(left, right).ShouldBe(expected);
        Suggestions.Distance(right, left).ShouldBe(expected);
    }
}
