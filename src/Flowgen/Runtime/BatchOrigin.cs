using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>Where the records of a batch came from; one for each input, reused from batch to batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class BatchOrigin
{
    /// <summary>Name of the topic, or of the exchange.</summary>
    public string Topic { get; set; } = "";

    /// <summary>Partition of the topic, or of the exchange.</summary>
    public int Partition { get; set; }

    /// <summary>Offset of the first record of the batch.</summary>
    public long BaseOffset { get; set; }

    /// <summary>When the batch was appended, in Unix milliseconds.</summary>
    public long AppendedAt { get; set; }

    /// <summary>The watermark before the batch, in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; set; } = long.MinValue;

    /// <summary>Offset of a record of the batch.</summary>
    /// <param name="index">Position in the batch.</param>
    /// <returns>The offset.</returns>
    public virtual long OffsetOf(int index) => BaseOffset + index;

    /// <summary>Finds a header of a record of the batch.</summary>
    /// <param name="index">Position in the batch.</param>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">The bytes of the header, valid for the call of the step.</param>
    /// <returns>Whether the record has the header.</returns>
    public virtual bool TryGetHeader(int index, string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        return false;
    }
}
