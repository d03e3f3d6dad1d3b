using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Commits;

/// <summary>A commit file is read as a whole when the log is opened: it never gets larger than that allows.</summary>
public class CommitFileTests
{
    private const int MaxBytes = 256 << 10;
    private static readonly FlowLogOptions Options = Scenario.Options with { MaxCommitFileBytes = MaxBytes };

    private readonly SimulatedFileSystem _files = new();

    [Fact]
    public void A_file_is_followed_by_another_one_before_it_gets_too_large_to_be_opened()
    {
        using (var log = Open())
        {
            for (int i = 0; i < 300; i++)
                log.CommitOffset("g", "t", 0, i, new string('x', 4000));
            Assert.All(_files.Entries.Where(e => e.Path.EndsWith(".commits", StringComparison.Ordinal)), e => Assert.InRange(e.Content!.Length, 1, MaxBytes / 2));
        }

        using var again = Open();
        Assert.Equal(299, again.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_commit_that_would_make_it_too_large_is_refused_and_the_next_one_goes_to_a_new_file()
    {
        using (var log = Open())
        {
            log.CommitOffset("g", "t", 0, 1, "");

            var e = Assert.Throws<LogWriteException>(() => CommitOffsets(log, 80));

            Assert.Contains("Commit less at once", e.Message, StringComparison.Ordinal);
            Assert.Equal(1, log.GetCommitted("g", "t", 0)?.Offset);
            log.CommitOffset("g", "t", 0, 2, "");
            CommitOffsets(log, 50);
        }

        using var again = Open();
        Assert.Equal(50, again.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_disk_that_has_no_room_for_a_new_file_ends_in_a_refusal_and_not_in_a_log_that_cannot_be_opened()
    {
        using (var log = Open())
        {
            _files.BeforeChange = (operation, path) =>
            {
                if (operation == DiskOperation.CreateFile && path.EndsWith(".tmp", StringComparison.Ordinal))
                    _files.Fault = new Fault(_files.Operations, FaultKind.NoSpace);
            };
            int offset = 0;
            Assert.Throws<LogWriteException>(() =>
            {
                for (; offset < 300; offset++)
                    log.CommitOffset("g", "t", 0, offset, new string('x', 4000));
            });
            Assert.InRange(offset, 50, 70);
            Assert.Equal(offset - 1, log.GetCommitted("g", "t", 0)?.Offset);

            _files.BeforeChange = (_, _) => { };
            Assert.Throws<LogWriteException>(() => log.CommitOffset("g", "t", 0, 1_000, new string('x', 4000))); // whereupon there is a new file
            log.CommitOffset("g", "t", 0, 1_000, new string('x', 4000));
        }

        using var again = Open();
        Assert.Equal(1_000, again.GetCommitted("g", "t", 0)?.Offset);
    }

    [Fact]
    public void A_new_file_does_not_hold_producers_that_are_forgotten()
    {
        var time = new SteppedTime();
        using var log = Scenario.Open(_files, Options with { TimeProvider = time });
        log.CreateTopic("t", new TopicSettings());
        Append(log, producer: 1);
        time.Advance(TimeSpan.FromHours(23));
        Append(log, producer: 2);
        time.Advance(TimeSpan.FromHours(2));
        for (int i = 0; i < 10; i++)
            log.CommitOffset("g", "t", 0, i, new string('x', 4000));

        var producers = log.State.Topics.Single().Partitions[0].Producers;

        Assert.Equal(2, Assert.Single(producers.All).Key);
    }

    private static void Append(FlowLog log, long producer)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch("x"), new ProducerStamp(producer, 0, 0));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void CommitOffsets(FlowLog log, int count)
    {
        using var transaction = log.BeginTransaction();
        for (int i = 0; i < count; i++)
            transaction.SetOffset("g", "t", 0, i + 1, new string('x', 4000));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private FlowLog Open()
    {
        var log = Scenario.Open(_files, Options);
        log.EnsureTopic("t", new TopicSettings());
        return log;
    }
}
