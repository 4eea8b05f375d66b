namespace TorchSharp;

public static partial class torch
{
    /// <summary>What becomes of a quotient that is no whole number.</summary>
    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }
}
