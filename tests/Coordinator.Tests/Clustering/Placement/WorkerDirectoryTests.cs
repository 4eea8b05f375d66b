using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

public sealed class WorkerDirectoryTests
{
    private static readonly PlacementTimes Times = new();
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    private readonly WorkerDirectory _directory = new(Times);

    [Fact]
    public void Report_AnySchedule_EndsFairlyAndThenNobodyMoves()
    {
        int first = Random.Shared.Next();
        for (int seed = first; seed != first + 150; seed++)
        {
            var cluster = new SimulatedCluster(seed);
            for (int i = 0; i < 3; i++) cluster.StartCoordinator();
            for (int i = 0; i < 8; i++) cluster.StartWorker();
            cluster.Run(TimeSpan.FromSeconds(40), isDisturbed: true);
            cluster.Run(TimeSpan.FromSeconds(40), isDisturbed: false);
            cluster.EverybodyIsAttached.ShouldBeTrue($"seed {seed}");
            cluster.Unfairness().ShouldBeEmpty($"seed {seed}");
            TimeSpan calm = cluster.LastMove;
            cluster.Run(TimeSpan.FromSeconds(20), isDisturbed: false);
            cluster.LastMove.ShouldBe(calm, $"seed {seed}: a worker moves although nothing has changed");
            calm.ShouldBeLessThan(cluster.Now - TimeSpan.FromSeconds(30), $"seed {seed}: workers moved for long");
        }
    }

    [Fact]
    public void Report_RunIsTakenOver_ItsWorkersFollowWithOneMoveEach()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            // Six workers, three coordinators, and a single run with enough chunks: they all belong to whoever has it.
            var cluster = new SimulatedCluster(seed);
            for (int i = 0; i < 3; i++) cluster.StartCoordinator();
            for (int i = 0; i < 6; i++) cluster.StartWorker();
            cluster.Run(TimeSpan.FromSeconds(30), isDisturbed: false);
            cluster.Moves.ShouldBeLessThanOrEqualTo(6, $"seed {seed}");
        }
    }

    [Fact]
    public void Report_YoungDirectory_MovesNobody()
    {
        Report("a", [], [4], TimeSpan.Zero);
        Report("b", ["w1", "w2"], [], TimeSpan.Zero).Moves.ShouldBeEmpty();
        Report("a", [], [4], Times.SettleTime);
        Report("b", ["w1", "w2"], [], Times.SettleTime).Moves.Select(move => move.Coordinator).ShouldBe(["a", "a"]);
    }

    [Fact]
    public void Report_MoveUnderWay_IsSaidAgainUntilTheCoordinatorHasSaidIt()
    {
        Settle();
        Report("b", ["w1"], [], Later).Moves.ShouldHaveSingleItem();
        Report("b", ["w1"], [], Later).Moves.ShouldHaveSingleItem();
        _directory.Report(new("b", Address("b"), IsLeaving: false, [new("w1", "a")], []), Later).Moves.ShouldBeEmpty();
    }

    [Fact]
    public void Report_WorkerInFlight_CountsForWhereItGoes()
    {
        Settle();
        Report("b", ["w1", "w2"], [2], Later).Moves.Single().Instance.ShouldBe("w2");
        Report("b", ["w1"], [2], Later + Times.ReportInterval).Moves.ShouldBeEmpty();
        Report("a", [], [4], Later + Times.ReportInterval).Moves.ShouldBeEmpty();
        Report("b", ["w1"], [2], Later + Times.ReportInterval * 2).Moves.ShouldBeEmpty("w2 has left and not arrived yet");
    }

    [Fact]
    public void Report_SilentCoordinator_IsNoDoorAnyMore()
    {
        Settle();
        Report("b", [], [], Later).Others.ShouldBe([Address("a")]);
        Report("b", [], [], Later + Times.SilenceLimit + TimeSpan.FromSeconds(1)).Others.ShouldBeEmpty();
    }

    [Fact]
    public void Report_CoordinatorLeaves_ItsWorkersGoAndNobodyIsSentThere()
    {
        Settle();
        Report("b", [], [], Later);
        PlacementDirections told = _directory.Report(new("a", Address("a"), IsLeaving: true, [new("w1", null), new("w2", null)], []), Later);
        told.Moves.Select(move => move.Address).ShouldBe([Address("b"), Address("b")]);
        Report("b", [], [], Later).Others.ShouldBeEmpty();
    }

    [Fact]
    public void Report_ManyArrivals_AreSpreadOverTheRuns()
    {
        Settle();
        PlacementDirections told = Report("b", [], [4, 4], Later);
        told.Arrivals.Count(address => address == Address("a")).ShouldBe(4);
        told.Arrivals.Count(address => address == Address("b")).ShouldBe(8);
        told.Arrivals.Take(3).Count(address => address == Address("a")).ShouldBe(1);
    }

    private static Uri Address(string coordinator) => new($"http://{coordinator}:5100");

    private void Settle()
    {
        Report("a", [], [4], TimeSpan.Zero);
        Report("b", [], [], TimeSpan.Zero);
        Report("a", [], [4], Later);
    }

    private PlacementDirections Report(string coordinator, string[] workers, int[] needs, TimeSpan now) => _directory.Report(
        new(coordinator, Address(coordinator), IsLeaving: false, [.. workers.Select(worker => new AttachedWorker(worker, null))], [.. needs]), now);
}
