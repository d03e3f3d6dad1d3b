using System.Globalization;
using System.Text.RegularExpressions;

namespace Flowgen.Parsing;

/// <summary>Durations as they stand in attributes: <c>"1h30m"</c>. Digits with d, h, m, s or ms, largest unit first, at most ten years.</summary>
public static class DurationText
{
    private static readonly Regex Wordy = new(
        @"^(\d{1,9})\s*(d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|ms|millis|msecs?|milliseconds?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Iso = new(
        @"^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">The duration in milliseconds.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(string? text, out long milliseconds) => DurationGrammar.TryParse(text, out milliseconds);

    /// <summary>Guesses what was meant: <c>"10 sec"</c>, <c>"00:00:10"</c> and <c>"PT10S"</c> are <c>"10s"</c>.</summary>
    /// <param name="text">The text that is no duration.</param>
    /// <returns>The duration; null: no idea.</returns>
    public static string? Suggest(string text)
    {
        text = text.Trim();
        if (Wordy.Match(text) is { Success: true } wordy)
            return wordy.Groups[1].Value + ShortUnit(wordy.Groups[2].Value.ToLowerInvariant());
        if (Iso.Match(text) is { Success: true } iso && text.Length > 2)
            return Format((((Number(iso.Groups[1]) * 24 + Number(iso.Groups[2])) * 60 + Number(iso.Groups[3])) * 60 + Number(iso.Groups[4])) * 1_000);
        return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero
            ? Format((long)span.TotalMilliseconds)
            : null;
    }

    /// <summary>Writes a duration in its shortest form.</summary>
    /// <param name="milliseconds">The duration in milliseconds, not negative.</param>
    /// <returns>The text.</returns>
    public static string Format(long milliseconds) => DurationGrammar.Format(milliseconds);

    private static long Number(Group digits) => digits.Success ? long.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    private static string ShortUnit(string word) => word is "ms" || word.StartsWith("mil", StringComparison.Ordinal) || word.StartsWith("mse", StringComparison.Ordinal) ? "ms" : word.Substring(0, 1);
}
