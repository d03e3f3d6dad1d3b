using System.Globalization;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Golden;

/// <summary>
/// Writes a small log with one of everything, and says what it holds. The directory that a release has written is kept for ever, and read by
/// every later one.
/// </summary>
internal static class GoldenLog
{
    private static readonly FlowLogOptions Options = Scenario.Options with { SegmentBytes = 2048, JournalBelowBytes = 600 };

    /// <summary>What a log shows, line by line.</summary>
    public static string Describe(FlowLog log)
    {
        var text = new StringWriter { NewLine = "\n" };
        var content = LogContent.Of(log);
        foreach (var (name, topic) in content.Topics)
        {
            var settings = topic.Settings;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"topic {name}: partitions {settings.Partitions}, cleanup {settings.Cleanup}, retention {settings.Retention}, compression {settings.Compression}, timestamps {settings.TimestampType}, schemas {string.Join(' ', topic.Schemas)}"));
            for (int i = 0; i < topic.Partitions.Count; i++)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  partition {i}: {topic.Partitions[i].FirstOffset} to {topic.Partitions[i].NextOffset}"));
                foreach (var record in topic.Partitions[i].Records)
                    text.WriteLine($"    {record}");
            }
        }

        foreach (var (key, offset) in content.Offsets)
            text.WriteLine($"group {key.Group}, {key.Topic}-{key.Partition}: {offset.Offset} {offset.Metadata}");
        return text.ToString();
    }

    /// <summary>Writes the log; killed, so that its newest batches are in the commit file only.</summary>
    public static void Write(string directory)
    {
        var disk = new SimulatedFileSystem();
        var run = new ScenarioRun(Life(), disk);
        run.Open();
        while (!run.IsDone)
            run.TakeNext();
        foreach (var (path, content) in disk.Entries)
        {
            string target = Path.Combine(directory, Path.GetRelativePath(Scenario.Directory, path));
            if (content is null)
                Directory.CreateDirectory(target);
            else
                File.WriteAllBytes(target, content.ToArray());
        }
    }

    private static Scenario Life() => new(
        "golden",
        [
            Take.Create("plain", new TopicSettings(Partitions: 2)),
            Take.RegisterSchema("plain", 1, 2, 3),
            Take.RegisterSchema("plain", 4),
            Take.Create("lz4", new TopicSettings { Compression = TopicCompression.Lz4 }),
            Take.Create("zstd", new TopicSettings { Compression = TopicCompression.Zstd }),
            Take.Create("keyed", new TopicSettings(Cleanup: TopicCleanup.Compact) { MinDirtyRatio = 0, TombstoneRetention = TimeSpan.FromHours(1) }),
            Take.Create("gone", new TopicSettings()),
            Take.Append("gone", 0, new ModelRecord("k", "v")),
            .. Enumerable.Range(0, 8).Select(i => Take.Transaction(Everywhere(i))),
            Take.Abort("plain", 0, new ModelRecord("k", "aborted")),
            Take.Stamped(new TransactionContent().Append("plain", 1, new ProducerStamp(3, 0, 0), new ModelRecord("stamped", "1"))),
            Take.DeleteBefore("plain", 0, 5),
            Take.Delete("gone"),
            Take.Housekeep(TimeSpan.FromMinutes(1)),
            Take.Alter("plain", new TopicSettings(Partitions: 3, Retention: TimeSpan.FromDays(20_000)) { SegmentBytes = 4096 }),
            Take.Append("plain", 2, new ModelRecord("k", "in a later partition")),
            Take.Close,
            .. Enumerable.Range(8, 3).Select(i => Take.Transaction(Everywhere(i))),
            Take.SetOffset("another", "lz4", 0, 4),
            Take.DeleteGroupOffset("another", "lz4", 0),
            Take.Kill,
            Take.Transaction(Everywhere(11)),
        ])
    { LogOptions = Options };

    private static TransactionContent Everywhere(int i) => new TransactionContent()
        .Append("plain", i % 2, new ModelRecord(null, $"value {i}", 1_000 + i), new ModelRecord("", "", 1_000, " name:value"), new ModelRecord("k", null))
        .Append("lz4", 0, new ModelRecord("k", new string('l', 300 + i)))
        .Append("zstd", 0, new ModelRecord("k", new string('z', 300 + i)))
        .Append("keyed", 0, new ModelRecord($"k{i % 3}", i % 4 == 3 ? null : new string((char)('a' + i), 400)), new ModelRecord($"m{i % 5}", $"{i}"))
        .SetOffset("group", "plain", i % 2, i, $"metadata {i}");
}
