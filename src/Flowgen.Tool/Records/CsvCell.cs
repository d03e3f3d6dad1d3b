using System.Text.Json;
using Flowgen.Runtime;

namespace Flowgen.Tool.Records;

/// <summary>
/// A key or value as the cell of a table. Text stands as it is and a number as a number; an empty cell is a null. JSON are only what is nested,
/// bytes that are no text (<c>{"base64":"…"}</c>), and the few texts that could be taken for something else: the empty one, and what starts
/// like JSON text or like such bytes.
/// </summary>
internal static class CsvCell
{
    private const string Quote = "\"";
    private const string Bytes = "{\"base64\":";

    /// <summary>The cell for what a JSON line would hold.</summary>
    public static string Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String when json.GetString() is var text && !IsAmbiguous(text!) => text!,
        _ => json.GetRawText(),
    };

    /// <summary>What a JSON line would hold for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isText">Whether it is text, or else JSON as it stands.</param>
    public static string ToJson(string cell, bool isText)
    {
        if (cell.Length == 0)
            return "null";
        bool isJson = (!isText || IsAmbiguous(cell)) && IsJson(cell);
        return isJson ? cell : JsonSerializer.Serialize(cell);
    }

    /// <summary>Whether the keys of a shape are text. Others are numbers, or JSON of several members.</summary>
    public static bool HasTextKey(RecordSchema? schema) =>
        schema is null || schema.Key.IsEmpty || (schema.Key.Length == 1 && schema.Key[0].Type.Kind is not (MemberKind.Bool or (>= MemberKind.Byte and <= MemberKind.Decimal)));

    private static bool IsJson(string cell)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsAmbiguous(string text) =>
        text.Length == 0 || text.StartsWith(Quote, StringComparison.Ordinal) || text.StartsWith(Bytes, StringComparison.Ordinal);
}
