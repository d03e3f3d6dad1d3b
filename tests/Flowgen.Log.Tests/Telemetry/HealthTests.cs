using Flowgen.Log.Cleaning;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Telemetry;

public sealed class HealthTests : IDisposable
{
    private readonly SimulatedFileSystem _disk = new();
    private readonly List<LogEvent> _events = [];
    private readonly FlowLog _log;

    public HealthTests()
    {
        _log = FlowLog.Open("/log", new FlowLogOptions { OnEvent = _events.Add }, _disk, CommitMode.Inline);
        _log.CreateTopic("t", new TopicSettings());
        _log.Append("t", 0, "a");
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_log_is_healthy_until_something_happens()
    {
        Assert.Equal(LogHealth.Healthy, _log.Health);
        Assert.Empty(_events);
    }

    [Theory]
    [InlineData(FaultKind.NoSpace, LogHealthStatus.DiskFull, LogEventKind.DiskFull)]
    [InlineData(FaultKind.IoError, LogHealthStatus.WritesFailing, LogEventKind.WriteFailed)]
    public void A_commit_that_cannot_be_written_is_told_once_and_so_is_the_first_that_can(FaultKind kind, LogHealthStatus status, LogEventKind told)
    {
        for (int i = 0; i < 2; i++)
        {
            _disk.Fault = new Fault(_disk.Operations, kind);
            Assert.ThrowsAny<LogWriteException>(() => _log.Append("t", 0, "b"));
            Assert.Equal(status, _log.Health.Status);
        }

        Assert.Equal([told], _events.Select(e => e.Kind));
        _disk.Fault = Fault.None;
        _log.Append("t", 0, "c");
        Assert.Equal(LogHealthStatus.Healthy, _log.Health.Status);
        Assert.Equal([told, LogEventKind.WritesResumed], _events.Select(e => e.Kind));
        Assert.Equal(["a", "c"], _log.ReadAll("t", 0));
    }

    [Fact]
    public void A_sync_that_fails_poisons_the_log_for_good()
    {
        _disk.Fault = new Fault(_disk.Operations + 1, FaultKind.IoError, ForEver: true);
        Assert.ThrowsAny<FlowLogException>(() => _log.Append("t", 0, "b"));
        _disk.Fault = Fault.None;
        Assert.Throws<LogPoisonedException>(() => _log.Append("t", 0, "c"));
        Assert.Equal(LogHealthStatus.Poisoned, _log.Health.Status);
        Assert.Single(_events, e => e.Kind == LogEventKind.Poisoned);
        Assert.NotNull(_log.Health.Cause);
    }

    [Fact]
    public void Damage_that_a_reader_meets_is_told_once()
    {
        string segment = _disk.Entries.Single(e => e.Path.EndsWith(".segment", StringComparison.Ordinal)).Path;
        using (var file = _disk.Open(segment, FileOpenMode.Existing))
            file.Write(Storage.SegmentHeader.Size + BatchFormat.HeaderSize + 4, [0xFF]);

        for (int i = 0; i < 2; i++)
            Assert.Throws<LogCorruptionException>(() => _log.ReadAll("t", 0));

        Assert.Equal(LogHealthStatus.CorruptionSeen, _log.Health.Status);
        Assert.Equal([LogEventKind.Corruption], _events.Select(e => e.Kind));
        Assert.Equal(2, _log.Monitor.DamagedReads);
    }

    [Fact]
    public void Work_in_the_background_that_fails_is_told_once_and_so_is_that_it_succeeds_again()
    {
        var job = new Job();
        _log.Housekeeper.Register(job);
        job.Fails = true;
        _log.Housekeeper.RunOnce();
        _log.Housekeeper.RunOnce();
        Assert.Equal(LogHealthStatus.HousekeepingFailing, _log.Health.Status);
        Assert.Contains("The polishing fails", _log.Health.Description, StringComparison.Ordinal);
        job.Fails = false;
        _log.Housekeeper.RunOnce();
        Assert.Equal(LogHealthStatus.Healthy, _log.Health.Status);
        Assert.Equal([LogEventKind.HousekeepingFailed, LogEventKind.HousekeepingRecovered], _events.Select(e => e.Kind));
    }

    [Fact]
    public void A_torn_tail_is_told_when_the_log_is_opened()
    {
        string segment = _disk.Entries.Single(e => e.Path.EndsWith(".segment", StringComparison.Ordinal)).Path;
        long end = _log.DescribePartition("t", 0).SizeInBytes;
        var crashed = _disk.Restart(Loss.Nothing, 1);
        using (var file = crashed.Open(segment, FileOpenMode.Existing))
            file.Write(end, [1, 2, 3]);
        var events = new List<LogEvent>();
        using var again = FlowLog.Open("/log", new FlowLogOptions { OnEvent = events.Add }, crashed, CommitMode.Inline);
        Assert.Contains("3 bytes without meaning", Assert.Single(events, e => e.Kind == LogEventKind.TornTail).Message, StringComparison.Ordinal);
        Assert.Equal(LogHealthStatus.Healthy, again.Health.Status);
    }

    private sealed class Job : IHousekeepingJob
    {
        public bool Fails { get; set; }

        public string Name => "polishing";

        public TimeSpan Interval => Timeout.InfiniteTimeSpan;

        public void Run(CancellationToken cancellationToken)
        {
            if (Fails)
                throw new IOException("no polish left");
        }
    }
}
