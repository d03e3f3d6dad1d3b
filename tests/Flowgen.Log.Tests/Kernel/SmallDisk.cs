using System.Diagnostics;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>A small file system of its own, where one may be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowgen-disk-").FullName;

    private SmallDisk()
    {
    }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public string Path => System.IO.Path.Combine(_root, "mounted");

    /// <summary>Mounts one; null if that is not possible here.</summary>
    /// <param name="kind">"tmpfs", or "ext4" on a loop device.</param>
    /// <param name="megabytes">Its size.</param>
    public static SmallDisk? TryMount(string kind, int megabytes)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        string image = System.IO.Path.Combine(disk._root, "image");
        bool isMounted = kind == "tmpfs"
            ? Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path)
            : Run("truncate", "-s", $"{megabytes}M", image) && Run("mkfs.ext4", "-q", "-m", "0", image) && Run("mount", "-o", "loop", image, disk.Path);
        if (isMounted)
            return disk;
        Directory.Delete(disk._root, recursive: true);
        return null;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        Assert.ThrowsAny<IOException>(() =>
        {
            while (ballast.Length < 1L << 30)
                ballast.Write(block);
        });
    }

    /// <summary>Gives back the room that <see cref="Fill"/> took.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(_root, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
