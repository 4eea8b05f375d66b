using System.Runtime.InteropServices;
using TorchSharp;

namespace Maml.Cluster.Worker.Devices;

/// <summary>The native library that TorchSharp's package brings; where the stand-in is used there is none.</summary>
internal static class NativeBridge
{
    private const string FileName = "libLibTorchSharp.so";

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Location { get; } = Find();

    /// <summary>
    /// Loads the library. TorchSharp would do so later, but answers one that the system refuses with a page about package references,
    /// after it has copied half a gigabyte; the loader names the reason, such as a C++ library that is too old.
    /// </summary>
    /// <exception cref="DeviceException">The library is there and cannot be loaded.</exception>
    public static void Load()
    {
        if (Location is null) return;
        try
        {
            NativeLibrary.Load(Location);
        }
        catch (DllNotFoundException e)
        {
            // The lines before the last are advice on how to find out what the last one says.
            string reason = e.Message.TrimEnd().Split('\n')[^1];
            throw new DeviceException(
                $"TorchSharp's native library cannot be loaded on this machine: {reason}. Use a newer distribution, or the libtorch of this one with MamlPackages=compat.", e);
        }
    }

    private static string? Find()
    {
        string folder = Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } place ? place : AppContext.BaseDirectory;
        string[] places = [Path.Combine(folder, FileName), Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName)];
        return Array.Find(places, File.Exists);
    }
}
