namespace Maml.Cluster.Shared.Data;

/// <summary>A grey picture, row by row from the top: 0 is black, 255 is white.</summary>
internal sealed record GreyImage(int Height, int Width, byte[] Pixels);
