using System.Collections.Immutable;
using System.Text.Json;

namespace Flowgen.Runtime;

/// <summary>Schemas as JSON: what is stored with a topic. Properties are written in one order and only where they differ from the
/// default, so that equal schemas give equal bytes.</summary>
internal static class RecordSchemaJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 * RecordReader.MaxDepth };

    public static byte[] Write(RecordSchema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 4 * RecordReader.MaxDepth }))
            WriteSchema(writer, schema);
        return stream.ToArray();
    }

    public static RecordSchema Read(ReadOnlySpan<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), Strict);
            return ReadSchema(document.RootElement, 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw new RecordFormatException($"The schema of the topic cannot be read: {e.Message}", e);
        }
    }

    private static void WriteSchema(Utf8JsonWriter writer, RecordSchema schema)
    {
        writer.WriteStartObject();
        writer.WriteString("name", schema.Name);
        writer.WriteStartArray("members");
        foreach (RecordMember member in schema.Members) WriteMember(writer, member);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, RecordMember member)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", member.Number);
        writer.WriteString("name", member.Name);
        writer.WriteString("json", member.JsonName);
        writer.WritePropertyName("type");
        WriteType(writer, member.Type);
        if (member.IsNullable) writer.WriteBoolean("nullable", true);
        if (member.KeyOrder >= 0) writer.WriteNumber("key", member.KeyOrder);
        if (member.EventTime is { } unit) writer.WriteString("eventTime", unit.ToString());
        if (member.Header is not null) writer.WriteString("header", member.Header);
        if (member.IsComputed) writer.WriteBoolean("computed", true);
        if (member.IsSensitive) writer.WriteBoolean("sensitive", true);
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, MemberType type)
    {
        if (type.Kind is not (MemberKind.Enum or MemberKind.Struct or MemberKind.Array))
        {
            writer.WriteStringValue(type.Kind.ToString());
            return;
        }

        writer.WriteStartObject();
        if (type.Kind == MemberKind.Enum) WriteEnum(writer, type);
        if (type.Kind == MemberKind.Array) WriteArray(writer, type);
        if (type.Record is not null)
        {
            writer.WritePropertyName("struct");
            WriteSchema(writer, type.Record);
        }

        writer.WriteEndObject();
    }

    private static void WriteEnum(Utf8JsonWriter writer, MemberType type)
    {
        writer.WriteString("enum", type.Name);
        writer.WriteString("underlying", type.Underlying!.Kind.ToString());
        writer.WriteStartObject("names");
        foreach (EnumName name in type.Names) writer.WriteNumber(name.Name, name.Value);
        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, MemberType type)
    {
        writer.WritePropertyName("array");
        WriteType(writer, type.Element!);
        if (type.HasNullableElements) writer.WriteBoolean("nullableElements", true);
    }

    private static RecordSchema ReadSchema(JsonElement json, int depth)
    {
        if (depth > RecordReader.MaxDepth) throw new RecordFormatException($"The schema of the topic nests deeper than {RecordReader.MaxDepth} levels.");
        RecordMember[] members = [.. json.GetProperty("members").EnumerateArray().Select(member => ReadMember(member, depth))];
        return new RecordSchema(json.GetProperty("name").GetString()!, members);
    }

    private static RecordMember ReadMember(JsonElement json, int depth) =>
        new(json.GetProperty("number").GetInt32(), json.GetProperty("name").GetString()!, ReadType(json.GetProperty("type"), depth + 1))
        {
            JsonName = json.GetProperty("json").GetString()!,
            IsNullable = Flag(json, "nullable"),
            KeyOrder = json.TryGetProperty("key", out JsonElement key) ? key.GetInt32() : -1,
            EventTime = json.TryGetProperty("eventTime", out JsonElement unit) ? Enum.Parse<TimeUnit>(unit.GetString()!) : null,
            Header = json.TryGetProperty("header", out JsonElement header) ? header.GetString() : null,
            IsComputed = Flag(json, "computed"),
            IsSensitive = Flag(json, "sensitive"),
        };

    private static MemberType ReadType(JsonElement json, int depth)
    {
        if (depth > RecordReader.MaxDepth) throw new RecordFormatException($"The schema of the topic nests deeper than {RecordReader.MaxDepth} levels.");
        if (json.ValueKind == JsonValueKind.String) return MemberType.Of(Enum.Parse<MemberKind>(json.GetString()!));
        if (json.TryGetProperty("enum", out JsonElement name)) return ReadEnum(json, name.GetString()!);
        if (json.TryGetProperty("array", out JsonElement element)) return MemberType.Array(ReadType(element, depth + 1), Flag(json, "nullableElements"));
        return MemberType.Struct(ReadSchema(json.GetProperty("struct"), depth + 1));
    }

    private static MemberType ReadEnum(JsonElement json, string name)
    {
        ImmutableArray<EnumName> names = [.. json.GetProperty("names").EnumerateObject().Select(entry => new EnumName(entry.Name, entry.Value.GetInt64()))];
        return MemberType.Enum(name, MemberType.Of(Enum.Parse<MemberKind>(json.GetProperty("underlying").GetString()!)), names.AsSpan());
    }

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.GetBoolean();
}
