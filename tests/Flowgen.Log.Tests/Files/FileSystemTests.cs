using System.Runtime.Versioning;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Kernel;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Files;

/// <summary>The three file systems do the same.</summary>
public sealed class FileSystemTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Kinds => OperatingSystem.IsLinux() ? ["libc", "portable", "simulated"] : ["portable", "simulated"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Files_are_written_read_cut_renamed_listed_and_deleted(string kind)
    {
        var (files, root) = Create(kind);
        string path = Path.Combine(root, "a");
        using (var file = files.Open(path, FileOpenMode.Create))
        {
            file.Write(0, [1, 2, 3, 4]);
            file.Write(6, [7]);
            file.Sync();
            Assert.Equal(7, file.Length);
            byte[] buffer = new byte[10];
            Assert.Equal(7, file.Read(0, buffer));
            Assert.Equal([1, 2, 3, 4, 0, 0, 7, 0, 0, 0], buffer);
            Assert.Equal(0, file.Read(7, buffer));
            file.Truncate(2);
        }

        files.CreateDirectory(Path.Combine(root, "d"));
        files.CreateDirectory(Path.Combine(root, "d"));
        files.SyncDirectory(root);
        using (files.Open(Path.Combine(root, "b"), FileOpenMode.Create))
            files.Rename(path, Path.Combine(root, "b"));
        Assert.Equal([new FileEntry("b", FileKind.File), new FileEntry("d", FileKind.Directory)], files.List(root).OrderBy(e => e.Name));
        Assert.Equal([1, 2], files.ReadAll(Path.Combine(root, "b"), 10));
        Assert.Throws<FileNotFoundException>(() => files.Open(path, FileOpenMode.Existing));
        files.Delete(Path.Combine(root, "b"));
        files.Delete(Path.Combine(root, "b"));
        Assert.Empty(files.List(Path.Combine(root, "none")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_lock_is_held_by_one_only(string kind)
    {
        var (files, root) = Create(kind);
        string path = Path.Combine(root, "lock");
        using (files.TryLock(path, out _))
            Assert.Null(files.TryLock(path, out _));
        using var again = files.TryLock(path, out _);
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData("libc")]
    [InlineData("portable")]
    public void A_lock_is_taken_on_a_full_disk_and_a_full_disk_is_no_other_process(string kind)
    {
        using var disk = SmallDisk.TryMount("tmpfs", megabytes: 8);
        if (disk is null)
        {
            output.WriteLine("Not run: no tmpfs can be mounted here.");
            return;
        }

        var (files, _) = Create(kind);
        string path = Path.Combine(disk.Path, "log");
        FlowLog.Open(path, null, files).Dispose();
        disk.Fill();

        Assert.Throws<DiskFullException>(() => OpenAndAppend(path, files));
        Assert.Throws<DiskFullException>(() => OpenAndAppend(path, files)); // the first one has left no lock
        disk.Empty();
        OpenAndAppend(path, files);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_log_lives_on_each_of_them(string kind)
    {
        var (files, root) = Create(kind);
        string path = Path.Combine(root, "log");
        using (var log = FlowLog.Open(path, null, files))
        {
            log.CreateTopic("t", new TopicSettings());
            log.Append("t", 0, "a");
        }

        using var again = FlowLog.Open(path, null, files);
        Assert.Equal(["a"], again.ReadAll("t", 0));
    }

    [Fact]
    public void A_symbolic_link_is_not_opened()
    {
        string target = Path.Combine(_directory.Path, "target");
        File.WriteAllText(target, "");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "link"), target);
        foreach (string kind in OperatingSystem.IsLinux() ? (string[])["libc", "portable"] : ["portable"])
        {
            var e = Assert.Throws<IOException>(() => Create(kind).Files.Open(Path.Combine(_directory.Path, "link"), FileOpenMode.Existing));
            Assert.Contains("symbolic link", e.Message, StringComparison.Ordinal);
        }
    }

    private static void OpenAndAppend(string path, IFileSystem files)
    {
        using var log = FlowLog.Open(path, null, files);
        log.EnsureTopic("t", new TopicSettings());
        log.Append("t", 0, new string('x', 100_000));
    }

    private (IFileSystem Files, string Root) Create(string kind) => kind switch
    {
        "libc" when OperatingSystem.IsLinux() => (Libc(), _directory.Path),
        "portable" => (new PortableFileSystem(), _directory.Path),
        _ => (new SimulatedFileSystem(), Path.GetPathRoot(_directory.Path)!),
    };

    [SupportedOSPlatform("linux")]
    private static LibcFileSystem Libc() => new();
}
