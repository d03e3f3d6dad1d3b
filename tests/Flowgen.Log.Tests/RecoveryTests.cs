using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests;

/// <summary>What a killed process leaves on a real disk. The simulation covers every crash; here stand the cases that people will meet.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Segment => Path.Combine(_directory.Path, "topics", "t", "0", "00000000000000000000.segment");

    [Fact]
    public void Torn_bytes_behind_the_last_commit_are_kept_aside_and_cut_off()
    {
        CreateKilledLog();
        long committed = new FileInfo(Segment).Length;
        Append(Segment, [1, 2, 3, 4]);

        using var log = FlowLog.Open(_directory.Path);

        Assert.Equal((false, 4L, 0L), (log.Recovery.WasClosedCleanly, log.Recovery.TornBytes, log.Recovery.UncommittedBytes));
        string torn = Assert.Single(log.Recovery.TornFiles);
        Assert.Equal($"{Segment}.{committed}.torn", torn);
        Assert.Equal([1, 2, 3, 4], File.ReadAllBytes(torn));
        Assert.Equal(committed, new FileInfo(Segment).Length);
        log.Append("t", 0, "c");
        Assert.Equal(["a", "b", "c"], log.ReadAll("t", 0));
    }

    [Fact]
    public void Bytes_that_were_kept_aside_stay_when_others_are_torn_at_the_same_place()
    {
        CreateKilledLog();
        Append(Segment, [1, 2, 3]);
        using (FlowLog.Open(_directory.Path, null, FileSystems.ForThisMachine, CommitMode.Inline)) // no thread replaces files while they are copied
            CopyTo(_directory.Path + "-killed");
        Directory.Delete(_directory.Path, recursive: true);
        Directory.Move(_directory.Path + "-killed", _directory.Path);
        Append(Segment, [4, 5]);

        using var log = FlowLog.Open(_directory.Path);

        string second = Assert.Single(log.Recovery.TornFiles);
        Assert.Equal([4, 5], File.ReadAllBytes(second));
        string first = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Segment)!, "*.torn"), f => f != second);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(first));
    }

    [Fact]
    public void Whole_batches_that_no_commit_names_were_never_there()
    {
        CreateKilledLog();
        byte[] bytes = File.ReadAllBytes(Segment);
        byte[] batch = bytes[64..(64 + BitConverter.ToInt32(bytes, 64 + 8))];
        BitConverter.TryWriteBytes(batch.AsSpan(16), 2L); // the offset that comes next
        BitConverter.TryWriteBytes(batch.AsSpan(4), Crc32C.Compute(batch.AsSpan(8)));
        Append(Segment, batch);

        using var log = FlowLog.Open(_directory.Path);

        Assert.Equal((0L, (long)batch.Length), (log.Recovery.TornBytes, log.Recovery.UncommittedBytes));
        Assert.Equal(["a", "b"], log.ReadAll("t", 0));
    }

    [Fact]
    public void A_torn_commit_is_as_if_it_had_never_begun()
    {
        CreateKilledLog();
        string commits = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single();
        byte[] bytes = File.ReadAllBytes(commits);
        File.WriteAllBytes(commits, bytes[..^5]);
        File.Delete(Path.Combine(_directory.Path, "durable")); // which the power has taken, too

        using var log = FlowLog.Open(_directory.Path);

        Assert.True(log.Recovery.TornBytes > 0);
        Assert.Equal(["a"], log.ReadAll("t", 0));
    }

    [Fact]
    public void A_commit_that_was_durable_is_no_torn_tail()
    {
        CreateKilledLog();
        string commits = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single();
        byte[] bytes = File.ReadAllBytes(commits);
        File.WriteAllBytes(commits, bytes[..^5]);

        var e = Assert.Throws<LogCorruptionException>(() => FlowLog.Open(_directory.Path));

        Assert.Contains("was durable", e.Message, StringComparison.Ordinal);
        Assert.Equal(bytes[..^5], File.ReadAllBytes(commits));
    }

    [Fact]
    public void The_commit_log_starts_anew_when_it_has_grown()
    {
        int commitFiles;
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            for (int i = 0; i < 10; i++)
                log.CommitLargeRecord("g", "t", i);

            commitFiles = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Length;
        }

        Assert.Equal(1, commitFiles);
        Assert.InRange(new FileInfo(Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single()).Length, 1 << 20, 7 << 20);
        using var again = FlowLog.Open(_directory.Path);
        Assert.Equal(9, again.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_log_without_syncs_comes_back_after_a_kill_and_after_a_close()
    {
        using (var log = FlowLog.Open(_directory.Path, new FlowLogOptions { Durability = Durability.OsBuffered }))
        {
            log.CreateTopic("t", new TopicSettings());
            log.Append("t", 0, "a", "b");
            CopyTo(_directory.Path + "-killed");
        }

        using (var log = FlowLog.Open(_directory.Path))
            Assert.Equal(["a", "b"], log.ReadAll("t", 0));
        using (var log = FlowLog.Open(_directory.Path + "-killed"))
            Assert.Equal(["a", "b"], log.ReadAll("t", 0));
        Directory.Delete(_directory.Path + "-killed", recursive: true);
    }

    // What is on the disk while the log is open is what a killed process leaves.
    private void CreateKilledLog()
    {
        string other = _directory.Path + "-source";
        using (var log = FlowLog.Open(_directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            log.Append("t", 0, "a");
            log.Append("t", 0, "b");
            CopyTo(other);
        }

        Directory.Delete(_directory.Path, recursive: true);
        Directory.Move(other, _directory.Path);
    }

    private void CopyTo(string target)
    {
        foreach (string file in Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(_directory.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var destination = File.Create(copy);
            source.CopyTo(destination);
        }
    }

    private static void Append(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Append);
        file.Write(bytes);
    }
}
