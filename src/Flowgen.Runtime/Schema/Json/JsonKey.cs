using System.Text.Json;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes key bytes from JSON, and finds the event time.</summary>
internal static class JsonKey
{
    /// <summary>From the value of the key member, or from an object where there are several.</summary>
    public static void Write(RecordSchema schema, JsonElement key, ByteBuffer to)
    {
        if (schema.Key.Length == 1)
            WritePart(schema.Key[0], key, "key", to);
        else if (key.ValueKind == JsonValueKind.Object)
            WriteFromMembers(schema, key, to);
        else
            throw new RecordFormatException($"'key' must be an object of {string.Join(", ", schema.Key.Select(member => member.JsonName))}.");
    }

    /// <summary>From the object of all members of a record.</summary>
    public static void WriteFromMembers(RecordSchema schema, JsonElement record, ByteBuffer to)
    {
        for (int i = 0; i < schema.Key.Length; i++)
        {
            RecordMember member = schema.Key[i];
            JsonElement part = Find(schema, member, record);
            bool hasLength = KeyScalar.Length(member.Type) == 0 && i < schema.Key.Length - 1;
            int start = hasLength ? KeyBytes.BeginPart(to) : 0;
            WritePart(member, part, member.JsonName, to);
            if (hasLength)
                KeyBytes.EndPart(to, start);
        }
    }

    public static long Time(RecordMember member, JsonElement record)
    {
        if (member.IsComputed)
            throw new RecordFormatException($"The event time '{member.JsonName}' is computed by the program, and cannot be made from JSON.");
        JsonElement json = record.GetProperty(member.JsonName);
        return JsonScalar.Read(member.Type, json, member.JsonName) switch
        {
            DateTimeOffset time => time.ToUnixTimeMilliseconds(),
            DateTime time => KeyBytes.Milliseconds(time),
            ulong ticks => Milliseconds((long)ticks, member.EventTime!.Value),
            long ticks => Milliseconds(ticks, member.EventTime!.Value),
            _ => throw JsonScalar.Misfit(member.Type, json, member.JsonName),
        };
    }

    private static void WritePart(RecordMember member, JsonElement json, string path, ByteBuffer to) =>
        KeyScalar.Write(member.Type, JsonScalar.Read(member.Type, json, path), to);

    private static JsonElement Find(RecordSchema schema, RecordMember member, JsonElement record)
    {
        if (record.TryGetProperty(member.JsonName, out JsonElement json) && json.ValueKind != JsonValueKind.Null)
            return json;
        throw new RecordFormatException(member.IsComputed
            ? $"The key '{member.JsonName}' of '{schema.Name}' is computed by the program: name its value as '{member.JsonName}' beside the other members."
            : $"The key '{member.JsonName}' of '{schema.Name}' is missing.");
    }

    private static long Milliseconds(long ticks, TimeUnit unit)
    {
        if (unit == TimeUnit.Seconds)
            return checked(ticks * 1000);
        long divisor = unit switch { TimeUnit.Microseconds => 1000, TimeUnit.Nanoseconds => 1_000_000, _ => 1 };
        (long quotient, long remainder) = Math.DivRem(ticks, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
