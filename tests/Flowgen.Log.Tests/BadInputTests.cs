using Flowgen.Log.Files;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests;

/// <summary>Each bad input is a typed exception that says what, where and what to do, and changes no byte.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Segment => Path.Combine(_directory.Path, "topics", "t", "0", "00000000000000000000.segment");

    [Theory]
    [InlineData("../x", "U+002F")]
    [InlineData(".", "names a directory")]
    [InlineData("..", "names a directory")]
    [InlineData("/etc/passwd", "U+002F")]
    [InlineData("a/../../b", "U+002F")]
    [InlineData("a\\b", "U+005C")]
    [InlineData("~", "U+007E")]
    [InlineData("", "empty")]
    [InlineData("a b", "U+0020")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("naïve", "U+00EF")]
    [InlineData("con", "device")]
    [InlineData("COM1.log", "device")]
    [InlineData("nul", "device")]
    [InlineData("Aux.txt", "device")]
    [InlineData("PRN", "device")]
    [InlineData("lpt9.a.b", "device")]
    [InlineData("a.", "Windows drops")]
    [InlineData("C:\\x", "U+003A")]
    public void A_name_that_is_no_name_of_a_directory_is_refused(string name, string reason)
    {
        using var log = FlowLog.Open(_directory.Path);
        string[] before = Files();

        var e = Assert.Throws<InvalidTopicNameException>(() => log.CreateTopic(name, new TopicSettings()));

        Assert.True(e.Message.Contains(reason, StringComparison.Ordinal), $"{reason} is not in: {e.Message}");
        Assert.Contains("Use 1 to 249", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Empty(log.ListTopics());
    }

    [Fact]
    public void A_name_may_have_249_characters_and_no_more()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic(new string('a', 249), new TopicSettings());
        Assert.Throws<InvalidTopicNameException>(() => log.CreateTopic(new string('a', 250), new TopicSettings()));
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_refused()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("Orders", new TopicSettings());
        var e = Assert.Throws<InvalidTopicNameException>(() => log.CreateTopic("orders", new TopicSettings()));
        Assert.Contains("'Orders'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("con")]
    [InlineData("naïve")]
    public void A_name_of_a_group_or_a_transactional_id_is_checked_like_that_of_a_topic(string name)
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings());
        using var transaction = log.BeginTransaction();
        Assert.Throws<InvalidTopicNameException>(() => transaction.SetOffset(name, "t", 0, 1));
        Assert.Throws<InvalidTopicNameException>(() => log.CreateConsumer(new ConsumerOptions { Group = name }));
        Assert.Throws<InvalidTopicNameException>(() => log.CreateProducer(new ProducerOptions { TransactionalId = name }));
        Assert.Throws<InvalidTopicNameException>(() => log.ResetGroupOffsets(name, OffsetSpec.Earliest, [new TopicPartition("t", 0)]));
    }

    [Fact]
    public void An_existing_topic_is_not_created_again_and_must_match_what_is_asked_for()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        Assert.Throws<TopicExistsException>(() => log.CreateTopic("t", new TopicSettings(Partitions: 2)));
        Assert.Equal(2, log.EnsureTopic("t", new TopicSettings(Partitions: 2)).Partitions);
        var e = Assert.Throws<TopicMismatchException>(() => log.EnsureTopic("t", new TopicSettings(Partitions: 3, TopicCleanup.Compact)));
        Assert.Contains("2 partitions and cleanup Delete, but 3 partitions and cleanup Compact", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_too_large_leaves_its_transaction_as_it_was()
    {
        using var log = FlowLog.Open(_directory.Path, new FlowLogOptions { MaxRecordBytes = 1_000, MaxBatchBytes = 4_000 });
        log.CreateTopic("t", new TopicSettings());
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch("before"));

        var e = Assert.Throws<RecordTooLargeException>(() => transaction.Append("t", 0, LogTestExtensions.Batch(new string('x', 1_001))));
        Assert.Contains("1001 bytes for t-0", e.Message, StringComparison.Ordinal);
        Assert.Contains("at most 1000 bytes", e.Message, StringComparison.Ordinal);
        string[] many = [.. Enumerable.Repeat(new string('x', 900), 5)];
        Assert.Throws<RecordTooLargeException>(() => transaction.Append("t", 0, LogTestExtensions.Batch(many)));

        await transaction.CommitAsync();
        Assert.Equal(["before"], log.ReadAll("t", 0));
    }

    [Fact]
    public void A_topic_or_partition_that_does_not_exist_is_named()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings(Partitions: 2));
        Assert.Contains("'u'", Assert.Throws<UnknownTopicException>(() => log.OpenReader("u", 0, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("it has 0 to 1", Assert.Throws<UnknownTopicException>(() => log.OpenReader("t", 2, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_in_use_is_refused_and_it_is_said_that_this_process_holds_it()
    {
        using (var log = FlowLog.Open(_directory.Path))
        {
            var e = Assert.Throws<LogLockedException>(() => FlowLog.Open(_directory.Path));
            Assert.Contains(_directory.Path, e.Message, StringComparison.Ordinal);
            if (OperatingSystem.IsLinux())
                Assert.Contains("open in this process already", e.Message, StringComparison.Ordinal);
        }

        FlowLog.Open(_directory.Path).Dispose();
    }

    [Fact]
    public void A_directory_with_other_files_is_no_log_and_stays_as_it_is()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "thesis.txt"), "important");
        var e = Assert.Throws<LogFormatException>(() => FlowLog.Open(_directory.Path));
        Assert.Contains("'thesis.txt'", e.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_directory.Path, "thesis.txt")], Files());
    }

    [Fact]
    public void A_newer_format_is_refused_and_nothing_is_changed()
    {
        CreateLog();
        File.WriteAllText(Path.Combine(_directory.Path, "flowgen.log"), "Flowgen log\nformat 2\n");
        AssertRefused<LogFormatException>("has format 2; this program reads formats up to 1");
    }

    [Fact]
    public void A_newer_format_of_a_segment_or_of_the_commit_log_is_refused()
    {
        CreateLog();
        byte[] segment = File.ReadAllBytes(Segment);
        Patch(Segment, 8, 2, crcAt: 4, crcEnd: SegmentHeader.Size);
        AssertRefused<LogFormatException>("segment format 2");
        File.WriteAllBytes(Segment, segment);

        string commits = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single();
        Patch(commits, 8, 2, crcAt: 4, crcEnd: 64);
        AssertRefused<LogFormatException>("commit format 2");
    }

    [Fact]
    public void A_newer_format_of_a_batch_is_refused_when_it_is_read()
    {
        CreateLog();
        int length = BitConverter.ToInt32(File.ReadAllBytes(Segment), SegmentHeader.Size + 8);
        Patch(Segment, SegmentHeader.Size + 14, 2, SegmentHeader.Size + 4, SegmentHeader.Size + length);
        using var log = FlowLog.Open(_directory.Path);
        var e = Assert.Throws<LogFormatException>(() => log.ReadAll("t", 0));
        Assert.Contains("batch format 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_batch_is_named_with_file_position_and_both_CRCs_and_the_others_are_readable()
    {
        CreateLog();
        byte[] bytes = File.ReadAllBytes(Segment);
        bytes[SegmentHeader.Size + 120] ^= 1;
        File.WriteAllBytes(Segment, bytes);

        using var log = FlowLog.Open(_directory.Path);
        var e = Assert.Throws<LogCorruptionException>(() => log.ReadAll("t", 0));
        Assert.Contains($"'{Segment}' is damaged at position 64 (offset 0 of t-0): expected CRC ", e.Message, StringComparison.Ordinal);
        Assert.Contains(", actual ", e.Message, StringComparison.Ordinal);
        Assert.Equal(["second"], log.ReadAll("t", 0, from: 2));
        Assert.Equal(bytes, File.ReadAllBytes(Segment));
    }

    [Fact]
    public void Every_flipped_bit_of_a_segment_is_found()
    {
        CreateLog();
        byte[] bytes = File.ReadAllBytes(Segment);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(Segment, flipped);
            Assert.ThrowsAny<FlowLogException>(() =>
            {
                using var log = FlowLog.Open(_directory.Path);
                log.ReadAll("t", 0);
            });
        }
    }

    [Fact]
    public void Every_flipped_bit_of_the_commit_log_is_found()
    {
        CreateLog();
        string path = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single();
        byte[] bytes = File.ReadAllBytes(path);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(path, flipped);
            AssertRefused<FlowLogException>("");
        }
    }

    [Fact]
    public void Every_shortened_segment_and_commit_log_is_found()
    {
        CreateLog();
        foreach (string path in (string[])[Segment, Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single()])
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int length = 0; length < bytes.Length; length += 3)
            {
                File.WriteAllBytes(path, bytes[..length]);
                AssertRefused<FlowLogException>("");
            }

            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public void A_missing_segment_a_foreign_segment_and_bytes_behind_a_clean_end_are_found()
    {
        CreateLog();
        byte[] bytes = File.ReadAllBytes(Segment);
        File.Delete(Segment);
        AssertRefused<LogCorruptionException>("is missing");

        File.WriteAllBytes(Segment, [.. bytes, 1]);
        AssertRefused<LogCorruptionException>("behind its committed end");

        File.WriteAllBytes(Segment, bytes);
        File.Copy(Segment, Segment.Replace("0.segment", "7.segment", StringComparison.Ordinal));
        AssertRefused<LogCorruptionException>("no commit names");
    }

    [Fact]
    public void A_commit_that_is_damaged_before_valid_ones_is_no_torn_tail()
    {
        CreateLog();
        File.Delete(Path.Combine(_directory.Path, "clean")); // as after a crash
        string path = Directory.GetFiles(Path.Combine(_directory.Path, "commits")).Single();
        byte[] bytes = File.ReadAllBytes(path);
        int checkpoint = 64 + BitConverter.ToInt32(bytes, 64 + 8);
        int commit = checkpoint + BitConverter.ToInt32(bytes, checkpoint + 8); // behind what a new file repeats of the former one: nothing
        bytes[commit + 41] ^= 1;
        File.WriteAllBytes(path, bytes);
        AssertRefused<LogCorruptionException>($"is damaged at position {commit}: expected CRC");
    }

    [Fact]
    public void A_symbolic_link_in_the_log_is_not_followed()
    {
        CreateLog();
        string partition = Path.GetDirectoryName(Segment)!;
        Directory.Move(partition, partition + "-elsewhere");
        Directory.CreateSymbolicLink(partition, partition + "-elsewhere");
        AssertRefused<LogCorruptionException>("is no directory");
    }

    [Fact]
    public void Options_out_of_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowLog.Open(_directory.Path, new FlowLogOptions { SegmentBytes = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowLog.Open(_directory.Path, new FlowLogOptions { MaxRecordBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowLog.Open(_directory.Path, new FlowLogOptions { MaxBatchBytes = 1 << 20 }));
        using var log = FlowLog.Open(_directory.Path);
        Assert.Throws<ArgumentException>(() => log.CreateTopic("t", new TopicSettings(Partitions: 0)));
        Assert.Throws<ArgumentException>(() => log.CreateTopic("t", new TopicSettings(Retention: TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.CreateProducer(new ProducerOptions { BatchBytes = 0 }));
        Assert.Empty(log.ListTopics());
    }

    private void CreateLog()
    {
        using var log = FlowLog.Open(_directory.Path);
        log.CreateTopic("t", new TopicSettings());
        log.Append("t", 0, "first", new string('x', 100));
        log.Append("t", 0, "second");
        log.DeleteRecordsBefore("t", 0, 0);
    }

    private void AssertRefused<TException>(string reason)
        where TException : FlowLogException
    {
        var before = Contents();
        var e = Assert.ThrowsAny<TException>(() => FlowLog.Open(_directory.Path));
        Assert.True(e.Message.Contains(reason, StringComparison.Ordinal), $"{reason} is not in: {e.Message}");
        Assert.Equal(before, Contents());
    }

    // The lock file names the last process that had the lock; it is no part of the log.
    private SortedDictionary<string, string> Contents() =>
        new(Files().Where(f => Path.GetFileName(f) != LogLayout.LockName).ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f))));

    private string[] Files() => [.. Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories).Order()];

    private static void Patch(string path, int at, byte value, int crcAt, int crcEnd)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] = value;
        BitConverter.TryWriteBytes(bytes.AsSpan(crcAt), Crc32C.Compute(bytes.AsSpan(crcAt + 4, crcEnd - crcAt - 4)));
        File.WriteAllBytes(path, bytes);
    }
}
