using System.Runtime.InteropServices;
using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Tensors;

[Trait("Of", "StandIn")]
public sealed class ErrorTests
{
    [Fact]
    public void Matmul_OfShapesThatDoNotFit_ThrowsWithLibtorchsMessageAlone()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        string message = Should.Throw<ExternalException>(() => torch.ones(2, 3).matmul(torch.ones(2, 3))).Message;

        message.ShouldContain("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
        message.ShouldNotContain("Exception raised from");
    }

    [Fact]
    public void AnyCall_OnADisposedTensor_Throws()
    {
        torch.Tensor tensor = torch.ones(2);
        tensor.Dispose();
        tensor.Dispose();

        tensor.IsInvalid.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => tensor.sum());
        Should.Throw<ObjectDisposedException>(() => tensor.shape);
        Should.Throw<ObjectDisposedException>(() => torch.stack([tensor, tensor]));
        tensor.ToString().ShouldBe("a disposed tensor");
    }

    [Fact]
    public void SetRequiresGrad_OfIntegers_ThrowsWithLibtorchsMessage()
    {
        using torch.Tensor tensor = torch.arange(3);

        Should.Throw<ExternalException>(() => tensor.requires_grad = true).Message.ShouldContain("floating point");
    }

    [Fact]
    public void Size_OfADimensionThatIsNotThere_NamesIt()
    {
        using torch.Tensor tensor = torch.ones(2, 3);

        tensor.size(-1).ShouldBe(3);
        Should.Throw<ArgumentOutOfRangeException>(() => tensor.size(2)).Message.ShouldContain("2 dimensions has no dimension 2");
    }

    [Fact]
    public void Tensor_OfTooFewNumbersForItsShape_SaysHowMany() =>
        Should.Throw<ExternalException>(() => torch.tensor(new[] { 1f, 2f, 3f }, [2, 2])).Message.ShouldContain("takes 16 bytes, the data has 12");
}
