using System.Globalization;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Shared.Tests.Sessions;

public sealed class RunEpochsTests
{
    private readonly RunEpochs _epochs = new();

    [Fact]
    public void Admit_OlderThanSeen_SaysWhatWasSeen()
    {
        _epochs.Admit("run", 2).ShouldBeNull();
        _epochs.Admit("run", 1).ShouldBe(2ul);
        _epochs.Admit("run", 0).ShouldBe(2ul);
        _epochs.Admit("run", 2).ShouldBeNull();
        _epochs.Admit("run", 3).ShouldBeNull();
        _epochs.Admit("run", 2).ShouldBe(3ul);
    }

    [Fact]
    public void Admit_OtherRun_HasEpochsOfItsOwn()
    {
        _epochs.Admit("run", 7).ShouldBeNull();
        _epochs.Admit("other", 1).ShouldBeNull();
    }

    [Fact]
    public void Admit_LocalRuns_TakeNoPlace()
    {
        _epochs.Admit("run", 7).ShouldBeNull();
        for (int i = 0; i < RunEpochs.Capacity * 2; i++) _epochs.Admit(i.ToString(CultureInfo.InvariantCulture), 0).ShouldBeNull();
        _epochs.Admit("run", 6).ShouldBe(7ul);
    }

    [Fact]
    public void Admit_MoreRunsThanAreRemembered_ForgetsTheOldest()
    {
        for (int i = 0; i <= RunEpochs.Capacity; i++) _epochs.Admit(i.ToString(CultureInfo.InvariantCulture), 2).ShouldBeNull();
        _epochs.Admit("0", 1).ShouldBeNull();
        _epochs.Admit(RunEpochs.Capacity.ToString(CultureInfo.InvariantCulture), 1).ShouldBe(2ul);
    }
}
