using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Says whether two vectors of parameters are the same, bit for bit.</summary>
public static class ParameterHash
{
    /// <summary>SHA-256 in lowercase hex over the values as little-endian float32, in their order.</summary>
    public static string Sha256(ReadOnlySpan<float> parameters)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(parameters);
        if (BitConverter.IsLittleEndian)
            return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(bits)));

        var swapped = new uint[bits.Length];
        System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits, swapped);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<uint>(swapped)));
    }
}
