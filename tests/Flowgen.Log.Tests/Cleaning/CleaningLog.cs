using System.Text;
using Flowgen.Log.Commits;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Cleaning;

/// <summary>A small log on a disk in memory, whose time and background the test controls.</summary>
internal sealed class CleaningLog : IDisposable
{
    public const string Topic = "t";

    private readonly FlowLogOptions _options;

    public CleaningLog(TopicSettings settings, Func<FlowLogOptions, FlowLogOptions>? options = null)
    {
        _options = new FlowLogOptions { SegmentBytes = 1024, TimeProvider = Time };
        _options = options?.Invoke(_options) ?? _options;
        Log = Open();
        Log.CreateTopic(Topic, settings);
    }

    public SteppedTime Time { get; } = new();

    public SimulatedFileSystem Disk { get; } = new();

    public FlowLog Log { get; private set; }

    public PartitionDescription Described => Log.DescribePartition(Topic, 0);

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Appends a batch of records, at the time of the clock: "k=v", or "k" for a tombstone.</summary>
    public void Append(params string[] records) => Append([.. records.Select(Record)]);

    public void Append(params ModelRecord[] records)
    {
        using var transaction = Log.BeginTransaction();
        transaction.Append(Topic, 0, ScenarioBatch.Of(records));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Ends the active segment with records of other keys: 1 KiB of them.</summary>
    public void Roll(string key = "roll") => Append(new ModelRecord(key, new string('r', 1_000), Now));

    public void Clean()
    {
        Log.Housekeeper.RunOnce();
        Assert.Empty(Log.HousekeepingFailures);
    }

    /// <summary>What is in the partition: "offset:k=v".</summary>
    public List<string> Read(long? from = null)
    {
        var read = new List<string>();
        using var reader = Log.OpenReader(Topic, 0, from ?? Described.FirstOffset);
        while (reader.TryRead(out var batch))
        {
            for (int i = batch.FirstIndex; i < batch.Count; i++)
                read.Add(Text(batch[i]));
        }

        return read;
    }

    public static string Text(in LogRecord record) =>
        $"{record.Offset}:{(record.HasKey ? Encoding.UTF8.GetString(record.Key) : "-")}{(record.IsTombstone ? "" : "=" + Shortened(Encoding.UTF8.GetString(record.Value)))}";

    public void Reopen()
    {
        Log.Dispose();
        Log = Open();
    }

    public void Dispose() => Log.Dispose();

    private static string Shortened(string value) => value.Length > 20 ? "…" : value;

    private ModelRecord Record(string text)
    {
        int split = text.IndexOf('=', StringComparison.Ordinal);
        return split < 0 ? new ModelRecord(text, null, Now) : new ModelRecord(text[..split], text[(split + 1)..], Now);
    }

    private FlowLog Open() => FlowLog.Open("/log", _options, Disk, CommitMode.Inline);
}
