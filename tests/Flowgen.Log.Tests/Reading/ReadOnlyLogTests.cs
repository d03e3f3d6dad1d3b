using System.Globalization;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Reading;

/// <summary>Two logs over one disk: the owner, and one that only reads.</summary>
public sealed class ReadOnlyLogTests
{
    private static readonly FlowLogOptions SmallSegments = new() { SegmentBytes = 1024, TimeProvider = new ManualTime() };

    private readonly SimulatedFileSystem _disk = new();

    [Fact]
    public void It_shows_what_the_owner_has_committed_and_follows_it()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("before", new TopicSettings(2));
        owner.Append("before", 1, "a", "b");
        using var reading = OpenReadOnly();
        Assert.Equal(LogImage.Of(owner), LogImage.Of(reading));

        owner.CreateTopic("after", new TopicSettings());
        for (int i = 0; i < 20; i++)
            owner.Append("before", 0, new string('x', 300));
        owner.RegisterSchema("after", [1, 2, 3]);
        owner.CommitOffset("group", "before", 0, 7, "note");
        long version = reading.CommitVersion;
        reading.Follow();

        Assert.Equal(LogImage.Of(owner), LogImage.Of(reading));
        Assert.True(reading.CommitVersion > version);
        Assert.True(reading.IsReadOnly);
        Assert.False(owner.IsReadOnly);
    }

    [Fact]
    public void It_follows_the_owner_through_rotations_of_the_commit_log()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "a", "b");
        using var reading = OpenReadOnly();
        using var reader = reading.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out _));

        for (int round = 0; round < 3; round++)
        {
            Rotate(owner);
            owner.Append("t", 0, "c");
            reading.Follow();
            Assert.True(reader.TryRead(out var batch));
            Assert.Equal(2 + round, batch.BaseOffset);
            Assert.False(reader.TryRead(out _));
            Assert.Equal(LogImage.Of(owner), LogImage.Of(reading));
        }
    }

    [Fact]
    public void It_follows_from_one_owner_to_the_next_after_a_kill_and_after_a_close()
    {
        var first = OpenOwner();
        first.CreateTopic("t", new TopicSettings());
        first.Append("t", 0, "a");
        using var reading = OpenReadOnly();
        using var second = FlowLog.Open("/log", SmallSegments, new AfterKill(_disk), CommitMode.Inline);
        second.Append("t", 0, "b");
        reading.Follow();
        Assert.Equal(["a", "b"], reading.ReadAll("t", 0));

        second.Dispose();
        using var third = FlowLog.Open("/log", SmallSegments, new AfterKill(_disk), CommitMode.Inline);
        third.Append("t", 0, "c");
        reading.Follow();
        Assert.Equal(["a", "b", "c"], reading.ReadAll("t", 0));
    }

    [Fact]
    public void It_opens_a_log_whose_owner_was_killed_and_one_that_was_closed()
    {
        var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "a");
        using (var reading = OpenReadOnly())
            Assert.Equal((false, "a"), (reading.Recovery.WasClosedCleanly, Assert.Single(reading.ReadAll("t", 0))));

        owner.Dispose();
        using (var reading = OpenReadOnly())
            Assert.Equal((true, "a"), (reading.Recovery.WasClosedCleanly, Assert.Single(reading.ReadAll("t", 0))));
    }

    [Theory]
    [InlineData(Loss.Everything)]
    [InlineData(Loss.Nothing)]
    [InlineData(Loss.Suffix)]
    public void After_a_loss_of_power_it_shows_what_only_the_commit_files_hold(Loss loss)
    {
        var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 20; i++)
            owner.Append("t", 0, i.ToString("D300", CultureInfo.InvariantCulture));
        var expected = owner.ReadAll("t", 0);
        var disk = _disk.Restart(loss, seed: 3);
        foreach (var segment in disk.List("/log/topics/t/0").Where(e => e.Name.EndsWith(".segment", StringComparison.Ordinal)))
            disk.Open($"/log/topics/t/0/{segment.Name}", FileOpenMode.Existing).Truncate(0); // no segment was synced
        if (loss == Loss.Everything)
            disk.Delete("/log/durable");

        using var reading = FlowLog.OpenReadOnly("/log", SmallSegments, disk);

        var shown = reading.ReadAll("t", 0);
        Assert.Equal(expected.Take(shown.Count), shown);
        Assert.True(loss == Loss.Suffix || shown.Count == expected.Count);
    }

    [Fact]
    public void It_never_changes_a_file()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "a");
        int operations = _disk.Operations;

        using (var reading = OpenReadOnly())
        {
            _ = LogImage.Of(reading);
            Assert.Equal(0, reading.FindOffset("t", 0, 0));
            reading.Follow();
        }

        Assert.Equal(operations, _disk.Operations);
    }

    [Fact]
    public void What_would_change_the_log_is_refused()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "a");
        int operations = _disk.Operations;
        using var reading = OpenReadOnly();

        Assert.Throws<LogReadOnlyException>(() => reading.CreateTopic("u", new TopicSettings()));
        Assert.Throws<LogReadOnlyException>(() => reading.BeginTransaction());
        Assert.Throws<LogReadOnlyException>(() => reading.CreateProducer());
        Assert.Throws<LogReadOnlyException>(() => reading.RegisterSchema("t", [1]));
        Assert.Throws<LogReadOnlyException>(() => reading.DeleteRecordsBefore("t", 0, 1));
        Assert.Equal(operations, _disk.Operations);
    }

    [Fact]
    public void A_commit_that_is_written_but_not_synced_is_not_shown()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "a");
        using var reading = OpenReadOnly();
        int seen = 0;
        _disk.DuringSync = path =>
        {
            if (!path.EndsWith(".commits", StringComparison.Ordinal))
                return;
            reading.Follow();
            Assert.Equal(["a"], reading.ReadAll("t", 0));
            using var another = OpenReadOnly();
            Assert.Equal(["a"], another.ReadAll("t", 0));
            seen++;
        };

        owner.Append("t", 0, "b");

        Assert.Equal(1, seen);
        _disk.DuringSync = _ => { };
        reading.Follow();
        Assert.Equal(["a", "b"], reading.ReadAll("t", 0));
    }

    [Fact]
    public void A_reader_whose_segments_were_deleted_underneath_is_told_what_is_there()
    {
        using var owner = OpenOwner();
        owner.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 20; i++)
            owner.Append("t", 0, i.ToString("D300", CultureInfo.InvariantCulture));
        using var reading = OpenReadOnly();
        using var readingToo = OpenReadOnly();
        using var inside = readingToo.OpenReader("t", 0, 0);
        Assert.True(inside.TryRead(out _));
        using var before = reading.OpenReader("t", 0, 0);

        owner.DeleteRecordsBefore("t", 0, 15); // the one that reads has not caught up

        Assert.Throws<OffsetOutOfRangeException>(() => before.TryRead(out _));
        before.Seek(15);
        Assert.True(before.TryRead(out var batch));
        Assert.Equal(15, batch.BaseOffset + batch.FirstIndex);
        Assert.Throws<OffsetOutOfRangeException>(() =>
        {
            while (inside.TryRead(out _))
                continue;
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128 << 10)]
    public void Files_of_a_topic_that_was_created_again_are_not_read_as_those_of_its_namesake(int journalBelowBytes)
    {
        using var owner = FlowLog.Open("/log", SmallSegments with { JournalBelowBytes = journalBelowBytes }, _disk, CommitMode.Inline);
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "old", "old");
        using var reading = OpenReadOnly();
        using var before = reading.OpenReader("t", 0, 0);

        owner.DeleteTopic("t");
        owner.CreateTopic("t", new TopicSettings());
        owner.Append("t", 0, "new", "new"); // the one that reads has not caught up

        Assert.Throws<TopicDeletedException>(() => before.TryRead(out _));
        Assert.Equal(["new", "new"], reading.ReadAll("t", 0));
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_commit_of_the_owner()
    {
        using var directory = new TemporaryDirectory();
        using var owner = FlowLog.Open(directory.Path);
        owner.CreateTopic("t", new TopicSettings());
        using var reading = FlowLog.OpenReadOnly(directory.Path);
        long version = reading.CommitVersion;
        var waiting = reading.WaitForCommitAsync(version).AsTask();
        Assert.False(waiting.IsCompleted);

        owner.Append("t", 0, "a");

        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["a"], reading.ReadAll("t", 0));
    }

    [Fact]
    public async Task Who_waits_learns_that_the_log_can_no_longer_be_followed()
    {
        using var directory = new TemporaryDirectory();
        using (var owner = FlowLog.Open(directory.Path))
            owner.CreateTopic("t", new TopicSettings());
        using var reading = FlowLog.OpenReadOnly(directory.Path);
        var waiting = reading.WaitForCommitAsync(reading.CommitVersion).AsTask();

        File.Delete(Directory.GetFiles(Path.Combine(directory.Path, "commits")).Single());
        using (var mark = DurableMark.OpenOrCreate(FileSystems.ForThisMachine, new LogLayout(directory.Path)))
            mark.Write(1_000, isSynced: true);

        await Assert.ThrowsAsync<LogCorruptionException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<LogCorruptionException>(() => reading.WaitForCommitAsync(reading.CommitVersion).AsTask());
        Assert.True(SpinWait.SpinUntil(() => reading.Health.Status == LogHealthStatus.Poisoned, TimeSpan.FromMinutes(1)));
        Assert.Contains("nothing newer", reading.Health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_a_log_is_refused_and_stays_as_it_is()
    {
        using var directory = new TemporaryDirectory();

        Assert.Throws<LogFormatException>(() => FlowLog.OpenReadOnly(directory.Path));
        Assert.Throws<LogFormatException>(() => FlowLog.OpenReadOnly(Path.Combine(directory.Path, "none")));

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    // A commit file is replaced when it has grown to 4 MiB.
    private static void Rotate(FlowLog owner)
    {
        string metadata = new('x', 4096);
        for (int i = 0; i < 5; i++)
        {
            using var transaction = owner.BeginTransaction();
            for (int group = 0; group < 256; group++)
                transaction.SetOffset(FormattableString.Invariant($"large{group}"), "t", 0, i, metadata);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private FlowLog OpenOwner() => FlowLog.Open("/log", SmallSegments, _disk, CommitMode.Inline);

    private FlowLog OpenReadOnly() => FlowLog.OpenReadOnly("/log", SmallSegments, _disk);
}
