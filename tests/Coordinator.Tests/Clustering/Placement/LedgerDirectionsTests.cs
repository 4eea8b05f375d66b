using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

public sealed class LedgerDirectionsTests
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(4);

    [Fact]
    public void Of_NobodyHasARun_LeavesAllWhereTheyAre() => ShouldBeNothing(Directions([], ["w1"], needs: 0));

    [Fact]
    public void Of_ThisOneAlone_LeavesAllWhereTheyAre() => ShouldBeNothing(Directions([Owner("a", 2)], ["w1"], needs: 0));

    [Fact]
    public void Of_OneThatHasRuns_KeepsItsWorkersAndThoseThatArrive()
    {
        PlacementDirections directions = Directions([Owner("a", 1), Owner("b", 5)], ["w1"], needs: 1);
        directions.Moves.ShouldBeEmpty();
        directions.Arrivals.ShouldBeEmpty();
        directions.Others.ShouldBe([Address("b")]);
    }

    [Fact]
    public void Of_OneWithoutRuns_SendsWorkersToWhoHasAsMuchAsTheyHave()
    {
        PlacementDirections directions = Directions([Owner("c", 1), Owner("b", 2)], ["w1", "w2", "w3"], needs: 0, arrivals: 6);
        directions.Moves.Select(move => (move.Instance, move.Coordinator, move.Address)).ShouldBe(
            [("w1", "b", Address("b")), ("w2", "b", Address("b")), ("w3", "c", Address("c"))]);
        directions.Arrivals.Count(address => address == Address("b")).ShouldBe(4);
        directions.Arrivals.Count(address => address == Address("c")).ShouldBe(2);
    }

    [Fact]
    public void Of_RunsMayNotBeTakenYet_SendsOnOnlyThoseThatArrive()
    {
        PlacementDirections directions = Directions([Owner("b", 1)], ["w1"], needs: 0, areAllTaken: false);
        directions.Moves.ShouldBeEmpty();
        directions.Arrivals.ShouldBe([Address("b"), Address("b")]);
    }

    [Fact]
    public void Of_OneThatHasARunInTheLedgerOnly_KeepsItsWorkers()
    {
        // It is taking the run, or the run is paused, as the other's may be.
        PlacementDirections directions = Directions([Owner("a", 1), Owner("b", 1)], ["w1"], needs: 0);
        directions.Moves.ShouldBeEmpty();
        directions.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public void Of_EarlierStartOfThisOne_IsNobodyToGoTo() =>
        ShouldBeNothing(Directions([new LedgerOwner(new CoordinatorIdentity("a, before", Address("a")), 1, Freshness)], ["w1"], needs: 0));

    [Fact]
    public void Of_OneThatIsAboutToEnd_SendsItsWorkersOnWhateverItHas() =>
        LedgerDirections.Of(Report(["w1"], needs: 1) with { IsLeaving = true }, [Owner("b", 1)], Freshness, areAllTaken: true, arrivals: 1)
            .Moves.ShouldHaveSingleItem().Coordinator.ShouldBe("b");

    [Fact]
    public void Of_OwnerThatHasNotRenewed_IsNobodyToGoTo() =>
        ShouldBeNothing(Directions([Owner("b", 1) with { LeaseLeft = Freshness - TimeSpan.FromTicks(1) }], ["w1"], needs: 0));

    [Fact]
    public void Of_WorkerOnItsWay_IsNotSentAgain()
    {
        CoordinatorReport report = Report([], needs: 0) with { Workers = [new AttachedWorker("w1", "c")] };
        LedgerDirections.Of(report, [Owner("b", 1)], Freshness, areAllTaken: true, arrivals: 1).Moves.ShouldBeEmpty();
    }

    private static void ShouldBeNothing(PlacementDirections directions) =>
        (directions.Moves.Length, directions.Arrivals.Length, directions.Others.Length).ShouldBe((0, 0, 0));

    private static PlacementDirections Directions(LedgerOwner[] owners, string[] workers, int needs, int arrivals = 2, bool areAllTaken = true) =>
        LedgerDirections.Of(Report(workers, needs), owners, Freshness, areAllTaken, arrivals);

    private static CoordinatorReport Report(string[] workers, int needs) => new(
        "a", Address("a"), IsLeaving: false, [.. workers.Select(worker => new AttachedWorker(worker, null))], [.. Enumerable.Repeat(4, needs)]);

    private static LedgerOwner Owner(string id, int runs) => new(new CoordinatorIdentity(id, Address(id)), runs, Freshness);

    private static Uri Address(string id) => new($"http://{id}:5100");
}
