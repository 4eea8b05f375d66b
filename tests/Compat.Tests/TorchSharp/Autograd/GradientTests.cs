using System.Runtime.InteropServices;
using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Autograd;

public sealed class GradientTests
{
    [Fact]
    [Trait("Of", "StandIn")]
    public void Grad_OfAnUnusedInput_IsNullWhereAllowed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor used = torch.ones(2).requires_grad_();
        torch.Tensor unused = torch.ones(2).requires_grad_();

        IList<torch.Tensor> gradients = torch.autograd.grad([used.sum()], [used, unused], allow_unused: true);

        gradients[0].data<float>().ToArray().ShouldBe([1f, 1f]);
        gradients[1].ShouldBeNull();
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Grad_OfAnUnusedInput_IsRefusedByDefault()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor used = torch.ones(2).requires_grad_();
        torch.Tensor unused = torch.ones(2).requires_grad_();

        Should.Throw<ExternalException>(() => torch.autograd.grad([used.sum()], [used, unused])).Message.ShouldContain("allow_unused");
    }

    [Fact]
    [Trait("Of", "StandIn")]
    public void Grad_AfterTheGraphWasFreed_SaysSo()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.ones(2).requires_grad_();
        torch.Tensor y = (x * x).sum();
        torch.autograd.grad([y], [x]);

        Should.Throw<ExternalException>(() => torch.autograd.grad([y], [x])).Message.ShouldContain("second time");
    }

    [Fact]
    public void Grad_WithGradOutputs_WeighsTheOutputs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 1f, 2f, 3f }).requires_grad_();

        torch.Tensor gradient = torch.autograd.grad([x * x], [x], [torch.tensor(new[] { 1f, 10f, 100f })])[0];

        gradient.data<float>().ToArray().ShouldBe([2f, 40f, 600f]);
    }

    [Fact]
    public void Backward_Twice_AddsUpInTheLeaf()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new[] { 3f }).requires_grad_();
        x.grad.ShouldBeNull();

        (x * x).sum().backward();
        (x * x).sum().backward();

        x.grad!.item<float>().ShouldBe(12f);
        x.grad = null;
        x.grad.ShouldBeNull();
    }

    [Fact]
    public void NoGrad_RecordsNothing_UntilItIsDisposed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.ones(2).requires_grad_();

        using (torch.no_grad())
        {
            torch.is_grad_enabled().ShouldBeFalse();
            (x * 2.0).requires_grad.ShouldBeFalse();
            using (torch.enable_grad()) (x * 2.0).requires_grad.ShouldBeTrue();
            torch.is_grad_enabled().ShouldBeFalse();
        }

        (x * 2.0).requires_grad.ShouldBeTrue();
        x.detach().requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void NoGrad_OnOneThread_LeavesOthersAlone()
    {
        bool elsewhere = false;
        using (torch.no_grad())
        {
            var other = new Thread(() => elsewhere = torch.is_grad_enabled());
            other.Start();
            other.Join();
        }

        elsewhere.ShouldBeTrue();
    }
}
