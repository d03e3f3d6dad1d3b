using System.Runtime.InteropServices;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Files;

public sealed class LockTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    // Between fork and exec a child has all files of its parent.
    [Fact]
    public void A_lock_that_is_given_back_is_free_though_a_process_that_is_being_started_still_has_the_file()
    {
        if (!OperatingSystem.IsLinux())
        {
            output.WriteLine("Not run: it looks for the file in /proc, which only Linux has.");
            return;
        }

        string path = Path.Combine(_directory.Path, "lock");
        var files = new LibcFileSystem();
        var held = files.TryLock(path, out _);
        Assert.NotNull(held);
        int descriptor = int.Parse(Path.GetFileName(Directory.GetFiles("/proc/self/fd").Single(f => new FileInfo(f).LinkTarget == path)), System.Globalization.CultureInfo.InvariantCulture);
        int inherited = Duplicate(descriptor);
        try
        {
            held.Dispose();

            using var next = files.TryLock(path, out _);
            Assert.NotNull(next);
        }
        finally
        {
            _ = Close(inherited);
        }
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
