using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>Two coordinators with the same folder of runs.</summary>
public sealed class FolderRunHomeTests : RunHomeContract
{
    internal override Task<(IRunHome First, IRunHome Second)> CreateAsync()
    {
        var options = new CoordinatorOptions { RunsDirectory = Folder.Path };
        return Task.FromResult<(IRunHome, IRunHome)>((new FolderRunHome(options, new RunArchive(options)), new FolderRunHome(options, new RunArchive(options))));
    }
}
