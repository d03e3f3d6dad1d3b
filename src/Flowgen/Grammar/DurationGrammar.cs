using System.Globalization;
using System.Text;

namespace Flowgen;

/// <summary>Durations as they stand in attributes and configuration: <c>"1h30m"</c>. Digits with d, h, m, s or ms, each unit at most once,
/// largest first, at most ten years. This file is compiled into the parser of the generator, too, so that all read the same.</summary>
internal static class DurationGrammar
{
    /// <summary>The longest duration, in milliseconds.</summary>
    public const long LongestMs = 3653L * 86_400_000;

    private static readonly (string Unit, long Ms)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

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
            if (!TakeNumber(text, ref at, out long count)) return false;
            if (!TakeUnit(text, ref at, ref unit, out long length) || count > LongestMs / length) return false;
            milliseconds += count * length;
        }

        return milliseconds <= LongestMs;
    }

    /// <summary>Writes a duration in its shortest form.</summary>
    /// <param name="milliseconds">The duration in milliseconds, not negative.</param>
    /// <returns>The text.</returns>
    public static string Format(long milliseconds)
    {
        if (milliseconds == 0) return "0s";
        var text = new StringBuilder();
        foreach ((string unit, long ms) in Units)
        {
            if (milliseconds >= ms) text.Append((milliseconds / ms).ToString(CultureInfo.InvariantCulture)).Append(unit);
            milliseconds %= ms;
        }

        return text.ToString();
    }

    private static bool TakeNumber(string text, ref int at, out long number)
    {
        int start = at;
        number = 0;
        for (; at < text.Length && text[at] is >= '0' and <= '9'; at++)
        {
            number = number * 10 + (text[at] - '0');
            if (number > LongestMs) return false;
        }

        return at > start;
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
}
