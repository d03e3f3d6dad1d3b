using System.Globalization;
using System.Text;

namespace Flowgen.Log;

/// <summary>A record as a consumer hands it out; it owns its bytes.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Timestamp">Its time in Unix milliseconds.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="Value">The value; null for a tombstone.</param>
/// <param name="SchemaId">Schema of the value; 0 for bytes without schema.</param>
/// <param name="Headers">The headers, in order.</param>
public sealed record ConsumedRecord(string Topic, int Partition, long Offset, long Timestamp, byte[]? Key, byte[]? Value, int SchemaId, IReadOnlyList<RecordHeader> Headers)
{
    /// <summary>The key as UTF-8 text.</summary>
    public string? KeyText => Key is null ? null : Encoding.UTF8.GetString(Key);

    /// <summary>The value as UTF-8 text.</summary>
    public string? ValueText => Value is null ? null : Encoding.UTF8.GetString(Value);

    /// <summary>Bytes of key, value and headers.</summary>
    internal long SizeInBytes => (Key?.Length ?? 0) + (long)(Value?.Length ?? 0) + Headers.Sum(h => h.Name.Length + (long)(h.Value?.Length ?? 0));

    /// <summary>Says which record it is. What it holds may be secret, and is not shown.</summary>
    /// <returns>Place and sizes.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Topic}-{Partition}, offset {Offset}: {(Key is null ? "no key" : $"key of {Key.Length} bytes")}, {(Value is null ? "no value" : $"value of {Value.Length} bytes")}, {Headers.Count} headers");

    internal static ConsumedRecord From(in RecordBatch batch, int index)
    {
        var record = batch[index];
        var headers = new List<RecordHeader>();
        foreach (var header in record.Headers)
            headers.Add(new RecordHeader(header.Name, header.IsNull ? null : header.Value.ToArray()));
        return new ConsumedRecord(
            batch.Topic, batch.Partition, record.Offset, record.Timestamp,
            record.HasKey ? record.Key.ToArray() : null, record.IsTombstone ? null : record.Value.ToArray(), batch.SchemaId, headers);
    }
}
