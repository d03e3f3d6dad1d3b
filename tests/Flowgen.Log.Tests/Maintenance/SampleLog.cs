using System.Globalization;
using System.Text;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Maintenance;

/// <summary>A log on a simulated disk with several segments, batches and groups, and ways to damage it.</summary>
internal sealed class SampleLog
{
    public const string Root = "/log";
    public const string Partition = "/log/topics/t/0";
    public static readonly FlowLogOptions Options = new() { SegmentBytes = 4 << 10, TimeProvider = new ManualTime() };

    public SimulatedFileSystem Disk { get; } = new();

    public FlowLog Open() => FlowLog.Open(Root, Options, Disk, CommitMode.Inline);

    /// <summary>Records 0, 1, 2, … with key and header, two in each batch, and a committed offset; then the log is closed.</summary>
    public SampleLog Fill(int batches = 40)
    {
        using var log = Open();
        log.EnsureTopic("t", new TopicSettings(2));
        Append(log, 0, batches);
        log.CommitOffset("group", "t", 0, 5, "note");
        log.Housekeeper.RunOnce();
        return this;
    }

    public static void Append(FlowLog log, int first, int batches)
    {
        for (int i = first; i < first + batches; i++)
        {
            var batch = new BatchBuilder();
            Add(batch, i * 2);
            Add(batch, (i * 2) + 1);
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, batch);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public static string Value(long number) => number.ToString("D100", CultureInfo.InvariantCulture);

    public List<string> Files(string suffix) => Files(Partition, suffix);

    public List<string> Files(string directory, string suffix) =>
        [.. Disk.List(directory).Select(e => $"{directory}/{e.Name}").Where(p => p.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public byte[] Read(string path)
    {
        using var file = Disk.Open(path, FileOpenMode.ReadOnly);
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return bytes;
    }

    public void Change(string path, Action<byte[]> change)
    {
        byte[] bytes = Read(path);
        change(bytes);
        using var file = Disk.Open(path, FileOpenMode.Existing);
        file.Write(0, bytes);
    }

    /// <summary>Deletes a directory with everything in it.</summary>
    public void Clear(string directory)
    {
        foreach (var entry in Disk.List(directory))
        {
            string path = $"{directory}/{entry.Name}";
            if (entry.Kind == FileKind.Directory)
                Clear(path);
            else
                Disk.Delete(path);
        }

        Disk.DeleteDirectory(directory);
    }

    public void Truncate(string path, long length)
    {
        using var file = Disk.Open(path, FileOpenMode.Existing);
        file.Truncate(length);
    }

    /// <summary>Where the batches of a segment start.</summary>
    public List<int> Batches(string path)
    {
        byte[] bytes = Read(path);
        var starts = new List<int>();
        for (int at = 64; at < bytes.Length; at += BatchHeader.Length(bytes.AsSpan(at)))
            starts.Add(at);
        return starts;
    }

    /// <summary>Changes a batch so that its CRC is right again.</summary>
    public void ChangeBatch(string path, int number, Action<Span<byte>> change)
    {
        int at = Batches(path)[number];
        Change(path, bytes =>
        {
            var batch = bytes.AsSpan(at, BatchHeader.Length(bytes.AsSpan(at)));
            change(batch);
            BitConverter.TryWriteBytes(batch[4..], Crc32C.Compute(batch[8..]));
        });
    }

    private static void Add(BatchBuilder batch, int number)
    {
        batch.BeginRecord(1_000 + number);
        batch.Data.Write(Encoding.UTF8.GetBytes($"k{number}"));
        batch.EndKey(isNull: false);
        batch.Data.Write(Encoding.UTF8.GetBytes(Value(number)));
        batch.EndValue(isNull: false);
        batch.AddHeader("h", [1, 2, 3]);
        batch.EndRecord();
    }
}
