using System.Diagnostics;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A real file system of one mebibyte, to be filled up or made read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk() => Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path);

    public string Path => _folder.Path;

    private string Filler => File("filler");

    public string File(string name) => _folder.File(name);

    /// <summary>Leaves so many bytes free, in whole pages.</summary>
    public void Fill(int free = 0)
    {
        using var stream = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        try
        {
            while (true) stream.Write(page);
        }
        catch (IOException)
        {
            stream.SetLength((stream.Length / page.Length * page.Length) - free);
        }
    }

    public void Empty() => System.IO.File.Delete(Filler);

    /// <summary>Waits for a moment in which nothing is being written: the kernel makes no disk read-only amid that.</summary>
    public void MakeReadOnly(bool isReadOnly)
    {
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(1))
        {
            try
            {
                Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", _folder.Path);
                return;
            }
            catch (InvalidOperationException e) when (e.Message.Contains("busy", StringComparison.Ordinal) && watch.Elapsed < TimeSpan.FromSeconds(20))
            {
            }
        }
    }

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
    }

    /// <summary>What keeps this machine from mounting one; null when nothing does.</summary>
    public static string? WhyNot()
    {
        try
        {
            new SmallDisk().Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return e.Message;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` says: {error.Trim()}");
    }
}
