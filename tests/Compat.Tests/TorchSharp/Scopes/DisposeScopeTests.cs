using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Scopes;

[Collection(nameof(NativeMemory))]
public sealed class DisposeScopeTests
{
    [Fact]
    public void Dispose_OfAScope_FreesWhatWasMadeInIt()
    {
        long before = NativeMemory.CountSettledTensors();
        torch.Tensor inner;

        using (DisposeScope scope = torch.NewDisposeScope())
        {
            inner = torch.ones(3) + torch.zeros(3);
            scope.DisposablesCount.ShouldBe(3);
            torch.Tensor.TotalCount.ShouldBe(before + 3);
        }

        inner.IsInvalid.ShouldBeTrue();
        torch.Tensor.TotalCount.ShouldBe(before);
        torch.CurrentDisposeScope.ShouldBeNull();
    }

    [Fact]
    public void MoveToOuterDisposeScope_OutlivesTheInnerScopeOnly()
    {
        torch.Tensor moved;
        using (DisposeScope outer = torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope()) moved = torch.ones(2).MoveToOuterDisposeScope();
            moved.IsInvalid.ShouldBeFalse();
            outer.Contains(moved).ShouldBeTrue();
        }

        moved.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void DetachFromDisposeScope_OutlivesAll()
    {
        torch.Tensor detached;
        using (torch.NewDisposeScope())
        using (torch.NewDisposeScope())
            detached = torch.ones(2).DetachFromDisposeScope();

        detached.IsInvalid.ShouldBeFalse();
        detached.Dispose();
    }

    [Fact]
    public void Dispose_OfOneTensor_TakesItOutOfItsScope()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor first = torch.ones(1);
        torch.Tensor second = torch.ones(1);
        torch.Tensor third = torch.ones(1);

        first.Dispose();
        third.DetachFromDisposeScope().MoveToOtherDisposeScope(scope);

        scope.DisposablesCount.ShouldBe(2);
        scope.Contains(first).ShouldBeFalse();
        scope.Contains(second).ShouldBeTrue();
        scope.Contains(third).ShouldBeTrue();
    }

    [Fact]
    public void DisposeEverythingBut_KeepsWhatItIsTold()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor kept = torch.ones(1);
        torch.Tensor dropped = torch.ones(1);

        scope.DisposeEverythingBut(kept);

        kept.IsInvalid.ShouldBeFalse();
        dropped.IsInvalid.ShouldBeTrue();
        scope.DisposablesCount.ShouldBe(1);
    }

    [Fact]
    public void Scopes_OfTwoThreads_DoNotSeeEachOther()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor? foreign = null;
        DisposeScope? seen = scope;
        var other = new Thread(() =>
        {
            seen = torch.CurrentDisposeScope;
            foreign = torch.ones(1);
        });
        other.Start();
        other.Join();

        seen.ShouldBeNull();
        scope.DisposablesCount.ShouldBe(0);
        foreign!.Dispose();
    }

    [Fact]
    public void Dispose_OfTheOuterScopeFirst_LeavesTheInnerInCharge()
    {
        DisposeScope outer = torch.NewDisposeScope();
        DisposeScope inner = torch.NewDisposeScope();
        outer.Dispose();

        torch.CurrentDisposeScope.ShouldBe(inner);
        torch.Tensor tensor = torch.ones(1).MoveToOuterDisposeScope();
        inner.Dispose();

        torch.CurrentDisposeScope.ShouldBeNull();
        tensor.IsInvalid.ShouldBeFalse();
        tensor.Dispose();
    }

    [Fact]
    public void WrappedTensorDisposeScope_KeepsTheResultAlone()
    {
        long before = NativeMemory.CountSettledTensors();

        torch.Tensor result = torch.WrappedTensorDisposeScope(() => torch.ones(2) + torch.ones(2) * 2.0);

        torch.Tensor.TotalCount.ShouldBe(before + 1);
        result.data<float>().ToArray().ShouldBe([3f, 3f]);
        result.Dispose();
    }
}
