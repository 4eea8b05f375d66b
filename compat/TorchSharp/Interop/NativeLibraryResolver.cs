using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds libMamlTorch beside the assembly, and says what to do when it or the libtorch beneath it is missing.</summary>
internal static class NativeLibraryResolver
{
    internal const string FileName = "libMamlTorch.so";

    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeMethods.Library) return 0;
        return Load(Path.Combine(AppContext.BaseDirectory, FileName));
    }

    /// <exception cref="DllNotFoundException">The file is missing, or a library that it needs is.</exception>
    internal static nint Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new DllNotFoundException(
                $"'{path}' was not found. It is built with the TorchSharp stand-in: " +
                "install what that needs (apt-get install cmake make g++ libtorch-dev) and build again.");
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException failure)
        {
            throw new DllNotFoundException(
                $"'{path}' could not be loaded, most likely because the libtorch that it was built against is gone or was replaced: " +
                $"{failure.Message.Trim()} Install libtorch (apt-get install libtorch-dev), or set LIBTORCH to its folder, and build again.",
                failure);
        }
    }
}
