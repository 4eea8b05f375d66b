using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Shared.Tests.Sessions;

public sealed class DoorsTests
{
    private static readonly Uri Home = new("http://service:5100");
    private static readonly Uri A = new("http://a:5100");
    private static readonly Uri B = new("http://b:5100");

    private readonly Doors _doors = new(Home);

    [Fact]
    public void TurnAway_NoOthersKnown_DialsTheConfiguredAddressAgain()
    {
        _doors.TurnAway(wasAttached: false);
        _doors.Current.ShouldBe(Home);
        _doors.TurnAway(wasAttached: true);
        _doors.Current.ShouldBe(Home);
    }

    [Fact]
    public void TurnAway_Attached_TriesTheOthersFirst()
    {
        _doors.Learn([A, B]);
        _doors.TurnAway(wasAttached: true);
        _doors.Current.ShouldBe(A);
    }

    [Fact]
    public void TurnAway_NobodyAnswers_GoesRound()
    {
        _doors.Learn([A, B]);
        Uri[] dialled = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            Uri current = _doors.Current;
            _doors.TurnAway(wasAttached: false);
            return current;
        })];
        dialled.ShouldBe([Home, A, B, Home, A, B]);
    }

    [Fact]
    public void TurnAway_WhereItWasSentFails_GoesHome()
    {
        _doors.Follow(A);
        _doors.IsRedirected.ShouldBeTrue();
        _doors.TurnAway(wasAttached: false);
        _doors.Current.ShouldBe(Home);
        _doors.IsRedirected.ShouldBeFalse();
    }

    [Fact]
    public void TurnAway_LostWhereItWasSent_DoesNotDialTheLostOne()
    {
        // What B told of the others.
        _doors.Follow(B);
        _doors.Learn([A]);
        _doors.TurnAway(wasAttached: true);
        _doors.Current.ShouldBe(A);
    }

    [Fact]
    public void TurnAway_HomeIsTheLostOne_DialsAnother()
    {
        _doors.Learn([Home, A]);
        _doors.TurnAway(wasAttached: true);
        _doors.Current.ShouldBe(A);
        _doors.TurnAway(wasAttached: false);
        _doors.Current.ShouldBe(Home);
    }
}
