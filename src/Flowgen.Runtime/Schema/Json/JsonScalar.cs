using System.Globalization;
using System.Text.Json;

namespace Flowgen.Runtime;

/// <summary>Values that are neither struct nor array, between JSON and .NET: integers and enums are <see cref="long"/> or, unsigned
/// with 64 bits, <see cref="ulong"/>; bytes are an array; everything else is the type of its name.</summary>
internal static class JsonScalar
{
    public static object Read(MemberType type, JsonElement json, string path)
    {
        try
        {
            return TryRead(type, json) ?? throw Misfit(type, json, path);
        }
        catch (InvalidOperationException cause)
        {
            throw new RecordFormatException($"'{path}' has half a surrogate pair, which is not text.", cause);
        }
    }

    public static void Write(Utf8JsonWriter json, MemberType type, object value)
    {
        switch (value)
        {
            case bool truth: json.WriteBooleanValue(truth); break;
            case long number: WriteInteger(json, type, number); break;
            case ulong number: WriteInteger(json, type, number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            case DateOnly date: json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>What JSON must hold for a type, for messages.</summary>
    public static string Expected(MemberType type) => type.Kind switch
    {
        MemberKind.Bool => "true or false",
        MemberKind.Single or MemberKind.Double or MemberKind.Decimal => "a number",
        MemberKind.Char => "one character",
        MemberKind.DateTime or MemberKind.DateTimeOffset => "a time such as \"2001-01-31T23:59:00Z\"",
        MemberKind.DateOnly => "a date such as \"2001-01-31\"",
        MemberKind.TimeSpan => "a span such as \"1.23:59:59\"",
        MemberKind.Guid => "a Guid",
        MemberKind.String => "text",
        MemberKind.Bytes => "bytes as base64",
        MemberKind.Enum => $"one of {string.Join(", ", type.Names.Select(name => $"\"{name.Name}\""))}, or its number",
        MemberKind.Struct => $"an object of {string.Join(", ", type.Record!.Members.Select(member => member.JsonName))}",
        MemberKind.Array => "an array",
        _ => $"a whole number ({type})",
    };

    public static RecordFormatException Misfit(MemberType type, JsonElement json, string path)
    {
        const int Shown = 60;
        string text = json.GetRawText().ReplaceLineEndings(" ");
        return new RecordFormatException($"'{path}' must be {Expected(type)}, not {(text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "…"))}.");
    }

    private static object? TryRead(MemberType type, JsonElement json) => type.Kind switch
    {
        MemberKind.Enum => TryReadEnum(type, json),
        MemberKind.Bool => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
        MemberKind.UInt64 => IsNumber(json) && json.TryGetUInt64(out ulong number) ? number : null,
        MemberKind.Single => TryReadFloat(json) is { } number ? (float)number : null,
        MemberKind.Double => TryReadFloat(json),
        MemberKind.Decimal => IsNumber(json) && json.TryGetDecimal(out decimal number) ? number : null,
        _ when Range(type.Kind) is var (min, max) => IsNumber(json) && json.TryGetInt64(out long number) && number >= min && number <= max ? number : null,
        _ => json.ValueKind == JsonValueKind.String ? TryReadText(type.Kind, json) : null,
    };

    private static object? TryReadText(MemberKind kind, JsonElement json)
    {
        if (kind == MemberKind.Bytes)
            return json.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : null;
        string text = json.GetString()!;
        CultureInfo culture = CultureInfo.InvariantCulture;
        return kind switch
        {
            MemberKind.String => text,
            MemberKind.Char => text.Length == 1 ? text[0] : null,
            MemberKind.DateTime => DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : null,
            MemberKind.DateTimeOffset => DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null,
            MemberKind.DateOnly => DateOnly.TryParseExact(text, "O", culture, DateTimeStyles.None, out DateOnly date) ? date : null,
            MemberKind.TimeSpan => TimeSpan.TryParse(text, culture, out TimeSpan span) ? span : null,
            MemberKind.Guid => Guid.TryParse(text, out Guid guid) ? guid : null,
            _ => null,
        };
    }

    private static object? TryReadEnum(MemberType type, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
            return TryRead(type.Underlying!, json);
        string name = json.GetString()!;
        foreach (EnumName known in type.Names)
        {
            if (known.Name == name)
                return type.Underlying!.Kind == MemberKind.UInt64 ? (object)(ulong)known.Value : known.Value;
        }

        return null;
    }

    // "NaN" and the infinities have no place among JSON's numbers.
    private static double? TryReadFloat(JsonElement json)
    {
        if (IsNumber(json))
            return json.TryGetDouble(out double number) ? number : null;
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return double.TryParse(text, CultureInfo.InvariantCulture, out double special) && !double.IsFinite(special) ? special : null;
    }

    private static bool IsNumber(JsonElement json) => json.ValueKind == JsonValueKind.Number;

    private static (long Min, long Max)? Range(MemberKind kind) => kind switch
    {
        MemberKind.Byte => (byte.MinValue, byte.MaxValue),
        MemberKind.SByte => (sbyte.MinValue, sbyte.MaxValue),
        MemberKind.Int16 => (short.MinValue, short.MaxValue),
        MemberKind.UInt16 => (ushort.MinValue, ushort.MaxValue),
        MemberKind.Int32 => (int.MinValue, int.MaxValue),
        MemberKind.UInt32 => (uint.MinValue, uint.MaxValue),
        MemberKind.Int64 => (long.MinValue, long.MaxValue),
        _ => null,
    };

    private static void WriteInteger(Utf8JsonWriter json, MemberType type, decimal number)
    {
        foreach (EnumName known in type.Names)
        {
            if (known.Value != (number > long.MaxValue ? (long)(ulong)number : (long)number))
                continue;
            json.WriteStringValue(known.Name);
            return;
        }

        json.WriteNumberValue(number);
    }
}
