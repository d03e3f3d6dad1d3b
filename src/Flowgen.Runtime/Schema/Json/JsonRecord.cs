using System.ComponentModel;
using System.Text.Json;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One record made from JSON by the schema that is stored with its topic; reused from record to record. Not thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonRecord
{
    private readonly ByteBuffer _key = new();
    private readonly ByteBuffer _value = new();
    private readonly List<(string Name, byte[] Value)> _headers = [];
    private bool _hasKey;
    private bool _isTombstone;

    /// <summary>The event time of the record in Unix milliseconds; null where the type has none.</summary>
    public long? EventTime { get; private set; }

    /// <summary>Whether the record has a key.</summary>
    public bool HasKey => _hasKey;

    /// <summary>The key bytes.</summary>
    public ReadOnlySpan<byte> Key => _key.Written;

    internal ReadOnlySpan<byte> Value => _value.Written;

    /// <summary>Takes over a record.</summary>
    /// <param name="schema">The shape of the record.</param>
    /// <param name="value">An object of its members.</param>
    /// <exception cref="RecordFormatException">A member is missing, unknown, or does not fit; the message names it and says what was expected.</exception>
    public void Read(RecordSchema schema, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Clear();
        JsonPayload.Write(schema, value, "", _value);
        ReadHeaders(schema, value);
        RecordMember? time = schema.Members.FirstOrDefault(member => member.EventTime is not null);
        if (time is not null)
            EventTime = JsonKey.Time(time, value);
        if (schema.Key.IsEmpty)
            return;
        JsonKey.WriteFromMembers(schema, value, _key);
        _hasKey = true;
    }

    /// <summary>Takes over a tombstone, which removes a key.</summary>
    /// <param name="schema">The shape of the records.</param>
    /// <param name="key">The value of the key member, or an object where there are several.</param>
    /// <exception cref="RecordFormatException">It is not a key of such records.</exception>
    public void ReadTombstone(RecordSchema schema, JsonElement key)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Clear();
        if (schema.Key.IsEmpty)
            throw new RecordFormatException($"'{schema.Name}' has no key, so that there is nothing that a null value could remove.");
        JsonKey.Write(schema, key, _key);
        _hasKey = true;
        _isTombstone = true;
    }

    /// <summary>Adds the record to a batch.</summary>
    /// <param name="batch">A variable batch with the schema of the record.</param>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="moreHeaders">Headers that are no members; a value can be null.</param>
    public void AppendTo(BatchBuilder batch, long timestamp, params ReadOnlySpan<KeyValuePair<string, byte[]?>> moreHeaders)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.BeginRecord(timestamp);
        batch.Data.Write(_key.Written);
        batch.EndKey(!_hasKey);
        batch.Data.Write(_value.Written);
        batch.EndValue(_isTombstone);
        foreach ((string name, byte[] header) in _headers)
            batch.AddHeader(name, header);
        foreach ((string name, byte[]? header) in moreHeaders)
            AddHeader(batch, name, header);
        batch.EndRecord();
    }

    private static void AddHeader(BatchBuilder batch, string name, byte[]? header)
    {
        if (header is null)
            batch.AddNullHeader(name);
        else
            batch.AddHeader(name, header);
    }

    private void Clear()
    {
        _key.Clear();
        _value.Clear();
        _headers.Clear();
        _hasKey = false;
        _isTombstone = false;
        EventTime = null;
    }

    private void ReadHeaders(RecordSchema schema, JsonElement value)
    {
        foreach (RecordMember member in schema.Members.Where(member => member.Header is not null))
        {
            if (JsonPayload.TryFind(member, value, "", out JsonElement json))
                _headers.Add((member.Header!, HeaderScalar.ToBytes(JsonScalar.Read(member.Type, json, member.JsonName))));
        }
    }
}
