namespace Maml.Cluster.Shared.Configuration;

/// <summary>How a block of conv4 halves its image.</summary>
public enum Downsample
{
    /// <summary>The convolution has stride 2.</summary>
    Stride,

    /// <summary>The convolution has stride 1; 2×2 max-pooling follows the ReLU.</summary>
    MaxPool,
}
