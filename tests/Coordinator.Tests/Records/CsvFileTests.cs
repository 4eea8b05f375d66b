using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Records;

public sealed class CsvFileTests : IDisposable
{
    private static readonly string[] Columns = ["iteration", "seconds"];
    private readonly TemporaryFolder _folder = new();
    private readonly List<TableFault> _faults = [];

    public void Dispose() => _folder.Dispose();

    [SmallDiskFact]
    public void Append_DiskIsFull_WaitsAndIsReportedOnceEachWay()
    {
        using var disk = new SmallDisk();
        string path = disk.File("table.csv");
        using CsvFile table = Create(path);
        table.Append(1, 0.5);
        table.Flush();
        string before = File.ReadAllText(path);

        // Rows of more than what is left: some fit, but a half is never left behind.
        disk.Fill();
        for (int i = 2; i <= 2000; i++) table.Append(i, 0.5);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            table.Flush();
            File.ReadAllText(path).ShouldBe(before);
        }

        TableFault begin = _faults.ShouldHaveSingleItem();
        (begin.IsOver, begin.RowsWaiting, begin.RowsLost).ShouldBe((false, 1999, 0));
        begin.Message.ShouldContain(path);

        disk.Empty();
        table.Append(2001, 0.5);
        table.Flush();
        table.Flush();
        _faults.Count.ShouldBe(2);
        (_faults[1].IsOver, _faults[1].RowsLost).ShouldBe((true, 0));
        File.ReadAllText(path).ShouldBe("iteration,seconds\n" + string.Concat(Enumerable.Range(1, 2001).Select(i => $"{i},0.5\n")));
    }

    [SmallDiskFact]
    public void Append_DiskIsReadOnlyAndMuchWaits_LosesTheOldestAndCountsThem()
    {
        using var disk = new SmallDisk();
        string path = disk.File("table.csv");
        using CsvFile table = Create(path, maximumWaitingBytes: 100);
        disk.MakeReadOnly(true);
        table.Append(1, 0.5);
        table.Flush();
        for (int i = 2; i <= 50; i++) table.Append(i, 0.5);
        _faults.ShouldHaveSingleItem().IsOver.ShouldBeFalse();

        disk.MakeReadOnly(false);
        table.Flush();
        string[] rows = File.ReadAllLines(path)[1..];
        rows.Length.ShouldBe(14);
        rows[^1].ShouldBe("50,0.5");
        (_faults[^1].IsOver, _faults[^1].RowsLost).ShouldBe((true, 36));
        _faults[^1].Message.ShouldContain("36");
    }

    [SmallDiskFact]
    public void Dispose_DiskIsFull_ReportsWhatIsLostAndDoesNotThrow()
    {
        using var disk = new SmallDisk();
        CsvFile table = Create(disk.File("table.csv"));
        disk.Fill();
        for (int i = 1; i <= 2000; i++) table.Append(i, 0.5);
        table.Dispose();
        table.Dispose();
        TableFault fault = _faults.ShouldHaveSingleItem();
        (fault.IsOver, fault.RowsLost).ShouldBe((false, 2000));
        fault.Message.ShouldContain("2000 rows are lost");
    }

    [Fact]
    public void Append_FileIsGone_BeginsItAnewWithItsHeader()
    {
        string path = _folder.File("table.csv");
        using CsvFile table = Create(path);
        table.Append(1, null);
        table.Flush();
        File.Delete(path);
        table.Append(2, null);
        table.Flush();
        File.ReadAllText(path).ShouldBe("iteration,seconds\n2,\n");
    }

    [Theory]
    [InlineData("iteration,seconds\n1,0.5\n2,1\n3,1.5\n4,2\n", "iteration,seconds\n1,0.5\n2,1\n")]
    [InlineData("iteration,seconds\n1,0.5\n2,1\n3,1.", "iteration,seconds\n1,0.5\n2,1\n")]
    [InlineData("iteration,seconds\n1,0.5\n2,1", "iteration,seconds\n1,0.5\n")]
    [InlineData("iteration,seconds\n1,0.5\n\0\0\0\n2,1\n3,1\n", "iteration,seconds\n1,0.5\n2,1\n")]
    [InlineData("iteration,seconds\n9,0.5\n1,1\n", "iteration,seconds\n1,1\n")]
    [InlineData("iteration,seconds\n", "iteration,seconds\n")]
    [InlineData("iteration,sec", "iteration,seconds\n")]
    [InlineData("", "iteration,seconds\n")]
    [InlineData(null, "iteration,seconds\n")]
    public void Continue_FromAnIteration_KeepsWholeRowsUpToIt(string? existing, string kept)
    {
        string path = _folder.File("table.csv");
        if (existing is not null) File.WriteAllText(path, existing);
        ExistingTable found = ExistingTable.Find(path, Columns, upTo: 2, rowsPerIteration: 1, lastOnly: true);
        found.Notice.ShouldBeNull();
        using (CsvFile table = CsvFile.Continue(found, TimeProvider.System, _faults.Add))
        {
            File.ReadAllText(path).ShouldBe(kept);
            table.Append(7, 7);
        }

        File.ReadAllText(path).ShouldBe(kept + "7,7\n");
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
        _faults.ShouldBeEmpty();
    }

    [Fact]
    public void Continue_OtherColumns_KeepsTheOldFileAside()
    {
        string path = _folder.File("table.csv");
        for (int time = 1; time <= 2; time++)
        {
            File.WriteAllText(path, $"other,columns\n{time},2\n");
            ExistingTable found = ExistingTable.Find(path, Columns, upTo: 2, rowsPerIteration: 1, lastOnly: true);
            found.Notice!.ShouldContain($"table.replaced-{time}.csv");
            CsvFile.Continue(found, TimeProvider.System, _faults.Add).Dispose();
            File.ReadAllText(path).ShouldBe("iteration,seconds\n");
            File.ReadAllText(_folder.File($"table.replaced-{time}.csv")).ShouldBe($"other,columns\n{time},2\n");
        }
    }

    [SmallDiskFact]
    public void Continue_DiskIsReadOnly_CatchesUpLater()
    {
        using var disk = new SmallDisk();
        string path = disk.File("table.csv");
        File.WriteAllText(path, "iteration,seconds\n1,0.5\n5,1\n");
        disk.MakeReadOnly(true);
        ExistingTable found = ExistingTable.Find(path, Columns, upTo: 2, rowsPerIteration: 1, lastOnly: true);
        using CsvFile table = CsvFile.Continue(found, TimeProvider.System, _faults.Add);
        table.Append(2, 1);
        _faults.ShouldHaveSingleItem().IsOver.ShouldBeFalse();
        disk.MakeReadOnly(false);
        table.Flush();
        File.ReadAllText(path).ShouldBe("iteration,seconds\n1,0.5\n2,1\n");
        _faults[^1].IsOver.ShouldBeTrue();
    }

    // Its clock stands still: rows are written when the test says so.
    private CsvFile Create(string path, int maximumWaitingBytes = CsvFile.DefaultMaximumWaitingBytes) =>
        CsvFile.Create(path, Columns, new StandingTime(), _faults.Add, maximumWaitingBytes);

    private sealed class StandingTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
