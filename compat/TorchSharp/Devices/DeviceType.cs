namespace TorchSharp;

/// <summary>The kinds of device that libMamlTorch was made for, by libtorch's own numbers.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
