using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Cache;

public sealed class CacheDirectoryTests
{
    [Theory]
    [InlineData("/var/cache/me", "/home/me", "/var/cache/me/maml/datasets")]
    [InlineData("relative", "/home/me", "/home/me/.cache/maml/datasets")]
    [InlineData("", "/home/me", "/home/me/.cache/maml/datasets")]
    [InlineData(null, "/home/me", "/home/me/.cache/maml/datasets")]
    public void Choose_Environment_FollowsXdg(string? cacheHome, string home, string expected) =>
        CacheDirectory.Choose(cacheHome, home).ShouldBe(expected);

    [Fact]
    public void Choose_NoHome_SaysWhatToSet() =>
        Should.Throw<DataSetException>(() => CacheDirectory.Choose(null, "")).Message.ShouldContain("XDG_CACHE_HOME or HOME");
}
