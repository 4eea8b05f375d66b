using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Devices;

[Trait("Of", "StandIn")]
public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, "cpu")]
    [InlineData("cuda", DeviceType.CUDA, "cuda:0")]
    [InlineData("cuda:1", DeviceType.CUDA, "cuda:1")]
    public void Device_FromAName_HasItsTypeAndNumber(string name, DeviceType type, string text)
    {
        torch.Device device = torch.device(name);

        device.type.ShouldBe(type);
        device.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:0:1")]
    [InlineData("")]
    public void Device_FromAnythingElse_IsRefused(string name) => Should.Throw<ArgumentException>(() => torch.device(name));

    [Fact]
    public void Tensors_AreOnTheCpu_UnlessAskedElsewhere()
    {
        using torch.Tensor tensor = torch.ones(2);

        tensor.device.type.ShouldBe(DeviceType.CPU);
        tensor.is_cuda.ShouldBeFalse();
    }

    [Fact]
    public void Cuda_IsUsedWhereItIs_AndRefusedClearlyWhereItIsNot()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (torch.cuda.is_available())
        {
            torch.Tensor there = torch.tensor(new[] { 1f, 2f }, device: torch.CUDA);
            torch.cuda.synchronize();
            (there * 2.0).cpu().data<float>().ToArray().ShouldBe([2f, 4f]);
            return;
        }

        torch.cuda.device_count().ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => torch.InitializeDeviceType(DeviceType.CUDA)).Message.ShouldContain("LIBTORCH");
    }

    [Fact]
    public void SetNumThreads_IsWhatGetNumThreadsSays()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(1);

        torch.get_num_threads().ShouldBe(1);

        torch.set_num_threads(before);
        torch.__version__.ShouldMatch(@"^\d+\.\d+");
    }

    [Fact]
    public void AllowTf32_IsWhatWasSetLast()
    {
        (bool products, bool convolutions) = (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32);
        products.ShouldBeFalse();

        torch.backends.cuda.matmul.allow_tf32 = true;
        torch.backends.cudnn.allow_tf32 = !convolutions;

        torch.backends.cuda.matmul.allow_tf32.ShouldBeTrue();
        torch.backends.cudnn.allow_tf32.ShouldBe(!convolutions);

        torch.backends.cuda.matmul.allow_tf32 = products;
        torch.backends.cudnn.allow_tf32 = convolutions;
    }
}
