using System.Globalization;
using System.Text.RegularExpressions;

namespace Flowgen.Parsing;

/// <summary>Durations as they stand in attributes: <c>"1h30m"</c>. Digits with d, h, m, s or ms, largest unit first, at most ten years.</summary>
public static class DurationText
{
    private const long LongestMs = 3653L * 86_400_000;

    private static readonly (string Unit, long Ms)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    private static readonly Regex Wordy = new(
        @"^(\d+)\s*(d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|ms|millis|msecs?|milliseconds?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Iso = new(
        @"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">The duration in milliseconds.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(string? text, out long milliseconds)
    {
        milliseconds = 0;
        if (string.IsNullOrEmpty(text)) return false;
        int at = 0, unit = 0;
        while (at < text!.Length)
        {
            int start = at;
            while (at < text.Length && text[at] is >= '0' and <= '9') at++;
            if (at == start || !long.TryParse(text.Substring(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long count)) return false;
            if (!TakeUnit(text, ref at, ref unit, out long length) || count > LongestMs / length) return false;
            milliseconds += count * length;
        }

        return milliseconds <= LongestMs;
    }

    /// <summary>Guesses what was meant: <c>"10 sec"</c>, <c>"00:00:10"</c> and <c>"PT10S"</c> are <c>"10s"</c>.</summary>
    /// <param name="text">The text that is no duration.</param>
    /// <returns>The duration; null: no idea.</returns>
    public static string? Suggest(string text)
    {
        text = text.Trim();
        if (Wordy.Match(text) is { Success: true } wordy)
            return wordy.Groups[1].Value + ShortUnit(wordy.Groups[2].Value.ToLowerInvariant());
        if (Iso.Match(text) is { Success: true } iso && text.Length > 2)
            return Format(Enumerable.Range(0, 4).Sum(i => iso.Groups[i + 1].Success ? long.Parse(iso.Groups[i + 1].Value, CultureInfo.InvariantCulture) * Units[i].Ms : 0));
        return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero
            ? Format((long)span.TotalMilliseconds)
            : null;
    }

    /// <summary>Writes a duration in its shortest form.</summary>
    /// <param name="milliseconds">The duration in milliseconds, not negative.</param>
    /// <returns>The text.</returns>
    public static string Format(long milliseconds)
    {
        if (milliseconds == 0) return "0s";
        var text = new System.Text.StringBuilder();
        foreach ((string unit, long ms) in Units)
        {
            if (milliseconds >= ms) text.Append((milliseconds / ms).ToString(CultureInfo.InvariantCulture)).Append(unit);
            milliseconds %= ms;
        }

        return text.ToString();
    }

    private static bool TakeUnit(string text, ref int at, ref int next, out long length)
    {
        int start = at;
        while (at < text.Length && text[at] is >= 'a' and <= 'z') at++;
        string unit = text.Substring(start, at - start);
        for (int i = next; i < Units.Length; i++)
        {
            if (Units[i].Unit != unit) continue;
            next = i + 1;
            length = Units[i].Ms;
            return true;
        }

        length = 0;
        return false;
    }

    private static string ShortUnit(string word) => word is "ms" || word.StartsWith("mil", StringComparison.Ordinal) || word.StartsWith("mse", StringComparison.Ordinal) ? "ms" : word.Substring(0, 1);
}
