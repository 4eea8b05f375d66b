using System.Security.Cryptography;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointDiskTests
{
    [SmallDiskFact]
    public void Save_DiskIsFull_LeavesAllAsItWasAndWorksAgainLater()
    {
        using var disk = new SmallDisk();
        string folder = disk.File("checkpoints");
        CheckpointStore store = SmallCheckpoints.Open(folder, keep: 2);
        foreach (long iteration in new[] { 1, 2 }) store.Save(SmallCheckpoints.Create(iteration, width: 500));
        Dictionary<string, string> before = Contents(folder);

        // Full at once, in the middle of the checkpoint, and when it is the manifest's turn.
        int fits = (int)((store.Newest!.Bytes + 4095) / 4096);
        for (int pages = 0; pages <= fits; pages++)
        {
            disk.Fill(free: pages * 4096);
            foreach (long iteration in new[] { 2, 3 })
                Should.Throw<IOException>(() => store.Save(SmallCheckpoints.Create(iteration, width: 500)), $"{iteration}, {pages} pages");
            disk.Empty();
            Contents(folder).ShouldBe(before, $"{pages} pages");
            CheckpointStore.ReadNewest(folder, Fail)!.Iteration.ShouldBe(2);
        }

        disk.Fill();
        Should.Throw<IOException>(() => store.Score(1, 0.5));
        disk.Empty();
        Contents(folder).ShouldBe(before);

        store.Save(SmallCheckpoints.Create(3, width: 500));
        SmallCheckpoints.In(folder).ShouldBe([2, 3]);
        CheckpointStore.ReadNewest(folder, Fail)!.Iteration.ShouldBe(3);
    }

    [SmallDiskFact]
    public void Save_DiskIsReadOnly_LeavesAllAsItWasAndWorksAgainLater()
    {
        using var disk = new SmallDisk();
        CheckpointStore store = SmallCheckpoints.Open(disk.Path, keep: 1);
        store.Save(SmallCheckpoints.Create(1));
        Dictionary<string, string> before = Contents(disk.Path);

        disk.MakeReadOnly(true);
        Exception fault = Should.Throw<Exception>(() => store.Save(SmallCheckpoints.Create(2)));
        (fault is IOException or UnauthorizedAccessException).ShouldBeTrue(fault.ToString());
        SmallCheckpoints.Open(disk.Path).Newest!.Iteration.ShouldBe(1);
        CheckpointStore.ReadNewest(disk.Path, Fail)!.Iteration.ShouldBe(1);

        disk.MakeReadOnly(false);
        Contents(disk.Path).ShouldBe(before);
        store.Save(SmallCheckpoints.Create(2));
        SmallCheckpoints.In(disk.Path).ShouldBe([2]);
    }

    private static void Fail(string fault) => throw new InvalidOperationException(fault);

    private static Dictionary<string, string> Contents(string folder) =>
        Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
