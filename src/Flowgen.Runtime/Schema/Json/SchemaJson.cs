using System.ComponentModel;
using System.Text.Json;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Shows records and keys as JSON by the schema that is stored with their topic; no assembly is needed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SchemaJson
{
    /// <summary>What stands in place of a member that is masked.</summary>
    public const string Masked = "***";

    /// <summary>Writes the value of a record as an object of its members.</summary>
    /// <param name="json">Where the JSON goes.</param>
    /// <param name="schema">The schema with which the record was written.</param>
    /// <param name="record">The record; a tombstone becomes null.</param>
    /// <param name="buffer">The buffer of the record's batch.</param>
    /// <param name="strings">Where strings come from.</param>
    /// <exception cref="RecordFormatException">The bytes are not such a record.</exception>
    public static void WriteValue(Utf8JsonWriter json, RecordSchema schema, in LogRecord record, byte[] buffer, StringPool strings)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(schema);
        if (record.IsTombstone)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WritePayload(json, schema, new RecordReader(buffer, record.ValueStart, record.ValueLength, strings));
        foreach (RecordMember member in schema.Members)
        {
            if (member.Header is not null)
                WriteHeader(json, member, record.Headers);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a key: the value of its member, or an object where it has several.</summary>
    /// <param name="json">Where the JSON goes.</param>
    /// <param name="schema">The schema with which the record was written.</param>
    /// <param name="key">The key bytes.</param>
    /// <exception cref="RecordFormatException">The bytes are not such a key.</exception>
    public static void WriteKey(Utf8JsonWriter json, RecordSchema schema, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Key.Length == 1)
        {
            WriteKeyPart(json, schema.Key[0], key);
            return;
        }

        json.WriteStartObject();
        ReadOnlySpan<byte> rest = key;
        for (int i = 0; i < schema.Key.Length; i++)
        {
            RecordMember member = schema.Key[i];
            int length = KeyScalar.Length(member.Type);
            bool isTail = length == 0 && i == schema.Key.Length - 1;
            ReadOnlySpan<byte> part = isTail ? rest : length == 0 ? KeyBytes.TakePart(ref rest) : KeyBytes.Take(ref rest, length);
            json.WritePropertyName(member.JsonName);
            WriteKeyPart(json, member, part);
        }

        json.WriteEndObject();
    }

    private static void WriteKeyPart(Utf8JsonWriter json, RecordMember member, ReadOnlySpan<byte> part)
    {
        if (member.IsSensitive)
            json.WriteStringValue(Masked);
        else
            JsonScalar.Write(json, member.Type, KeyScalar.Read(member.Type, part));
    }

    private static void WriteHeader(Utf8JsonWriter json, RecordMember member, LogHeaders headers)
    {
        json.WritePropertyName(member.JsonName);
        if (!headers.TryGet(member.Header, out ReadOnlySpan<byte> header))
            json.WriteNullValue();
        else if (member.IsSensitive)
            json.WriteStringValue(Masked);
        else
            HeaderScalar.WriteJson(json, member.Type, header);
    }

    internal static void WritePayload(Utf8JsonWriter json, RecordSchema schema, RecordReader reader)
    {
        var members = new SchemaMembers(reader, schema);
        while (members.MoveNext())
        {
            json.WritePropertyName(members.Member.JsonName);
            if (members.Member.IsSensitive && !members.Current.IsNull)
                json.WriteStringValue(Masked);
            else
                WriteMember(json, members.Current);
        }
    }

    private static void WriteMember(Utf8JsonWriter json, SchemaValue value)
    {
        if (value.IsNull)
        {
            json.WriteNullValue();
        }
        else if (value.Type.Record is { } record)
        {
            json.WriteStartObject();
            WritePayload(json, record, value.ToRecord());
            json.WriteEndObject();
        }
        else if (value.Type.Kind == MemberKind.Array)
        {
            json.WriteStartArray();
            foreach (SchemaValue element in value.Elements())
                WriteMember(json, element);
            json.WriteEndArray();
        }
        else
        {
            JsonScalar.Write(json, value.Type, PayloadScalar.Read(value));
        }
    }
}
