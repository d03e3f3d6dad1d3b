using Flowgen.Runtime;

namespace Flowgen;

/// <summary>Where a record came from. Lives only for the call.</summary>
public readonly ref struct Meta
{
    private readonly BatchOrigin _origin;
    private readonly int _index;
    private readonly long _time;

    /// <summary>Describes one record of a batch; generated code calls this.</summary>
    /// <param name="origin">Where the batch came from.</param>
    /// <param name="index">Position in the batch.</param>
    /// <param name="time">Event time in Unix milliseconds.</param>
    public Meta(BatchOrigin origin, int index, long time)
    {
        _origin = origin;
        _index = index;
        _time = time;
    }

    /// <summary>Name of the topic.</summary>
    public string Topic => _origin.Topic;

    /// <summary>Partition of the topic.</summary>
    public int Partition => _origin.Partition;

    /// <summary>Offset of the record in its partition.</summary>
    public long Offset => _origin.OffsetOf(_index);

    /// <summary>When the record was appended to its topic.</summary>
    public DateTimeOffset AppendedAt => DateTimeOffset.FromUnixTimeMilliseconds(_origin.AppendedAt);

    /// <summary>When the event happened.</summary>
    public DateTimeOffset EventTime => DateTimeOffset.FromUnixTimeMilliseconds(_time);

    /// <summary>The watermark before this batch; <see cref="DateTimeOffset.MinValue"/> before the first.</summary>
    public DateTimeOffset Watermark =>
        _origin.Watermark <= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() ? DateTimeOffset.MinValue
        : _origin.Watermark >= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.MaxValue
        : DateTimeOffset.FromUnixTimeMilliseconds(_origin.Watermark);

    /// <summary>Finds a header of the record.</summary>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">Its bytes, valid for this call of the step.</param>
    /// <returns>Whether the record has the header.</returns>
    public bool TryGetHeader(string name, out ReadOnlySpan<byte> value) => _origin.TryGetHeader(_index, name, out value);
}
