using TorchSharp.Interop;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Interop;

public sealed class NativeLibraryResolverTests
{
    [Fact]
    public void Load_OfAMissingFile_SaysWhatToInstall()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), NativeLibraryResolver.FileName);

        string message = Should.Throw<DllNotFoundException>(() => NativeLibraryResolver.Load(path)).Message;

        message.ShouldContain(path);
        message.ShouldContain("apt-get install cmake make g++ libtorch-dev");
    }

    [Fact]
    public void Load_OfAFileThatIsNoLibrary_SaysHowToMendIt()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".so");
        File.WriteAllText(path, "not a library");
        try
        {
            string message = Should.Throw<DllNotFoundException>(() => NativeLibraryResolver.Load(path)).Message;

            message.ShouldContain("could not be loaded");
            message.ShouldContain("LIBTORCH");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
