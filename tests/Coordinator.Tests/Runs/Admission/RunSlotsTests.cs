using Maml.Cluster.Coordinator.Runs.Admission;

namespace Maml.Cluster.Coordinator.Tests.Runs.Admission;

public sealed class RunSlotsTests
{
    [Fact]
    public void Enter_MoreThanMayBeActive_AreGrantedInOrderAsPlacesBecomeFree()
    {
        var slots = new RunSlots(maximumActive: 2, maximumQueued: 3);
        RunTicket[] tickets = [.. Enumerable.Range(0, 5).Select(_ => slots.Enter())];
        Granted(tickets).ShouldBe([true, true, false, false, false]);
        slots.Queued.ShouldBe(3);

        tickets[1].Dispose();
        Granted(tickets).ShouldBe([true, true, true, false, false]);
        tickets[1].Dispose();
        Granted(tickets).ShouldBe([true, true, true, false, false], "a place is given back once");
        tickets[3].Dispose();
        tickets[0].Dispose();
        Granted(tickets).ShouldBe([true, true, true, false, true], "one that has left the queue is passed over");
    }

    [Fact]
    public void Enter_QueueIsFull_IsRefusedWithTheLimits()
    {
        var slots = new RunSlots(maximumActive: 1, maximumQueued: 1);
        RunTicket active = slots.Enter();
        slots.Enter();
        Should.Throw<RunLimitException>(slots.Enter).Message.ShouldStartWith("1 runs are active and 1 wait; at most 1 and 1 are allowed.");
        slots.Reenter().Granted.IsCompleted.ShouldBeFalse("what was admitted before is never refused");
        active.Dispose();
        slots.Queued.ShouldBe(1);
    }

    private static bool[] Granted(RunTicket[] tickets) => [.. tickets.Select(ticket => ticket.Granted.IsCompleted)];
}
