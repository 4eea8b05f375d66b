namespace Maml.Cluster.Shared.Parameters;

/// <summary>The element types of the safetensors format that this project uses, under their names there. All little-endian.</summary>
public enum SafetensorsElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>IEEE 754 double precision.</summary>
    F64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned byte.</summary>
    U8,
}
