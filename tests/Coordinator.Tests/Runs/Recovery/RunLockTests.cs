using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Runs.Recovery;

public sealed class RunLockTests
{
    [Fact]
    public void TryAcquire_HeldByAnother_GivesNullUntilThatLetsGo()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("run.lock");
        using (RunLock.TryAcquire(path).ShouldNotBeNull()) RunLock.TryAcquire(path).ShouldBeNull();
        using RunLock? again = RunLock.TryAcquire(path);
        again.ShouldNotBeNull();
    }

    [Fact]
    public void TryAcquire_FolderIsMissing_IsNoLockHeldByAnother()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<DirectoryNotFoundException>(() => RunLock.TryAcquire(folder.File("missing/run.lock")));
    }
}
