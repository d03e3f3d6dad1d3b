using System.Globalization;
using Flowgen.Log;
using Flowgen.Tool.Output;

namespace Flowgen.Tool.Topics;

/// <summary>A setting of a topic by the name that Kafka gives it: how it is read from the command line, and how it is shown.</summary>
internal sealed record TopicConfig(string Name, string Values, Func<TopicSettings, string, TopicSettings> Set, Func<TopicSettings, string> Show)
{
    private const string None = "-1";

    public static IReadOnlyList<TopicConfig> All { get; } =
    [
        new("cleanup.policy", "delete | compact | compact,delete", (s, v) => s with { Cleanup = CleanupOf(v) }, s => Words.Of(s.Cleanup).Replace(" ", "", StringComparison.Ordinal)),
        new("retention.ms", "a duration, or -1 for ever", (s, v) => s with { Retention = IsNone(v) ? null : Time(v) }, s => s.Retention is { } t ? Text(t) : None),
        new("retention.bytes", "bytes, or -1 for no bound", (s, v) => s with { RetentionBytes = IsNone(v) ? null : Size(v) }, s => Text(s.RetentionBytes)),
        new("segment.bytes", "bytes, or -1 for that of the log", (s, v) => s with { SegmentBytes = IsNone(v) ? null : Size(v) }, s => Text(s.SegmentBytes)),
        new("segment.ms", "a duration", (s, v) => s with { SegmentAge = Time(v) }, s => Text(s.SegmentAge)),
        new("max.message.bytes", "bytes, or -1 for that of the log", (s, v) => s with { MaxRecordBytes = IsNone(v) ? null : checked((int)Size(v)) }, s => Text(s.MaxRecordBytes)),
        new("min.compaction.lag.ms", "a duration", (s, v) => s with { MinCompactionLag = Time(v) }, s => Text(s.MinCompactionLag)),
        new("min.cleanable.dirty.ratio", "0 to 1", (s, v) => s with { MinDirtyRatio = Ratio(v) }, s => s.MinDirtyRatio.ToString(CultureInfo.InvariantCulture)),
        new("delete.retention.ms", "a duration", (s, v) => s with { TombstoneRetention = Time(v) }, s => Text(s.TombstoneRetention)),
        new("message.timestamp.type", "CreateTime | LogAppendTime", (s, v) => s with { TimestampType = Word<TimestampType>(v) }, s => s.TimestampType.ToString()),
        new("compression.type", "producer | uncompressed | lz4 | zstd", (s, v) => s with { Compression = Word<TopicCompression>(v) }, s => s.Compression.ToString().ToLowerInvariant()),
    ];

    /// <summary>Applies <c>name=value</c>.</summary>
    /// <exception cref="ToolException">There is no such setting, or it cannot have the value.</exception>
    public static TopicSettings Apply(TopicSettings settings, string assignment)
    {
        int split = assignment.IndexOf('=', StringComparison.Ordinal);
        string name = split < 0 ? assignment : assignment[..split];
        var config = All.FirstOrDefault(c => c.Name == name)
            ?? throw new ToolException($"there is no setting '{name}', but {string.Join(", ", All.Select(c => c.Name))}");
        string value = split < 0 ? "" : assignment[(split + 1)..].Trim();
        try
        {
            return config.Set(settings, value);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ToolException($"{name} cannot be '{value}': give {config.Values}");
        }
    }

    private static bool IsNone(string value) => value is None or "forever";

    // As Kafka takes it, in milliseconds, or as the attributes do.
    private static TimeSpan Time(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : Duration.Parse(value);

    private static long Size(string value) => long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Ratio(string value) => double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static TopicCleanup CleanupOf(string value) => value.Replace(" ", "", StringComparison.Ordinal) switch
    {
        "delete" => TopicCleanup.Delete,
        "compact" => TopicCleanup.Compact,
        "compact,delete" or "delete,compact" => TopicCleanup.CompactAndDelete,
        _ => throw new FormatException(),
    };

    private static T Word<T>(string value)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(n => n.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : throw new FormatException();

    private static string Text(long? bytes) => bytes?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static string Text(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
