using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Tool.Records;

/// <summary>Where a reader starts: <c>--from beginning|end|OFFSET|TIME</c>.</summary>
internal abstract record StartPosition
{
    public static readonly StartPosition Beginning = new AtBeginning();

    public static readonly StartPosition End = new AtEnd();

    public static StartPosition At(long offset) => new AtOffset(offset);

    public static bool TryParse(string text, out StartPosition position)
    {
        position = text switch
        {
            "beginning" => Beginning,
            "end" => End,
            _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset) => new AtOffset(offset),
            _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => new AtTime(time),
            _ => null!,
        };
        return position is not null;
    }

    /// <summary>The offset in one partition, within what the partition holds.</summary>
    public long Resolve(FlowLog log, string topic, int partition)
    {
        PartitionDescription held = log.DescribePartition(topic, partition);
        return Math.Clamp(Find(log, topic, partition, held), held.FirstOffset, held.NextOffset);
    }

    protected abstract long Find(FlowLog log, string topic, int partition, PartitionDescription held);

    private sealed record AtBeginning : StartPosition
    {
        protected override long Find(FlowLog log, string topic, int partition, PartitionDescription held) => held.FirstOffset;
    }

    private sealed record AtEnd : StartPosition
    {
        protected override long Find(FlowLog log, string topic, int partition, PartitionDescription held) => held.NextOffset;
    }

    private sealed record AtOffset(long Offset) : StartPosition
    {
        protected override long Find(FlowLog log, string topic, int partition, PartitionDescription held) => Offset;
    }

    private sealed record AtTime(DateTimeOffset Time) : StartPosition
    {
        protected override long Find(FlowLog log, string topic, int partition, PartitionDescription held) =>
            log.FindOffset(topic, partition, Time.ToUnixTimeMilliseconds());
    }
}
