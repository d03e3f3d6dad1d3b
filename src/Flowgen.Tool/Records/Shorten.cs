using System.Text.Json;

namespace Flowgen.Tool.Records;

/// <summary>Cuts what the user wrote for a message on one line.</summary>
internal static class Shorten
{
    private const int Length = 60;

    public static string Text(string text) => text.Length <= Length ? text : string.Concat(text.AsSpan(0, Length), "…");

    public static string Json(JsonElement json) => Text(json.GetRawText());
}
