using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Maml.Cluster.Worker.Devices;

/// <summary>Which of its matrix kernels OpenBLAS takes, the library beneath Debian's libtorch.</summary>
internal static partial class MatrixKernels
{
    /// <summary>The variable that OpenBLAS reads when it is loaded.</summary>
    public const string Variable = "OPENBLAS_CORETYPE";

    private static readonly Lazy<string?> Choice = new(Apply);

    /// <summary>
    /// Names the kernels by the instructions that this processor has, unless the environment does so already. OpenBLAS goes by a table
    /// of model numbers, and takes the kernels of 2004, a fifth as fast, for a processor that is newer than the table. To be called
    /// before libtorch is loaded; does nothing where OpenBLAS is not used or the C library has no <c>setenv</c>.
    /// </summary>
    /// <returns>The name; null where OpenBLAS is left to itself.</returns>
    public static string? Choose() => Choice.Value;

    /// <summary>OpenBLAS' name of the kernels for a set of instructions; null for one that it surely knows itself.</summary>
    internal static string? NameFor(bool hasAvx512, bool hasAvx2) => hasAvx512 ? "SkylakeX" : hasAvx2 ? "Haswell" : null;

    private static string? Apply()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is not null) return null;
        bool hasAvx512 = Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported;
        string? name = NameFor(hasAvx512, Avx2.IsSupported && Fma.IsSupported);
        return name is not null && Set(name) ? name : null;
    }

    // .NET keeps a copy of the environment, which C libraries do not see.
    private static bool Set(string name)
    {
        try
        {
            return SetEnvironmentVariable(Variable, name, overwrite: 0) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
