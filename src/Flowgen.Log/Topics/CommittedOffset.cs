using System.Text;

namespace Flowgen.Log;

/// <summary>How far a group has read a partition.</summary>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="Metadata">What the group wrote down beside it.</param>
public readonly record struct CommittedOffset(long Offset, string Metadata)
{
    /// <summary>Most bytes of metadata, as UTF-8 (Kafka's default of <c>offset.metadata.max.bytes</c>).</summary>
    public const int MaxMetadataBytes = 4096;

    internal static void Validate(long offset, string metadata)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Length > MaxMetadataBytes || BytesOf(metadata) > MaxMetadataBytes)
            throw new ArgumentException($"The metadata of a committed offset have at most {MaxMetadataBytes} bytes. Keep less beside the offset.", nameof(metadata));
    }

    private static int BytesOf(string metadata)
    {
        try
        {
            return ByteBuffer.Utf8Length(metadata);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The metadata of a committed offset hold half of a surrogate pair, which is no text. Keep bytes as Base64, for instance.", nameof(metadata), e);
        }
    }
}
