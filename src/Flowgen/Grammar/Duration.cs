using System.Diagnostics.CodeAnalysis;

namespace Flowgen;

/// <summary>Durations in the words of the attributes, for configuration and command lines: <c>"100ms"</c>, <c>"1h30m"</c>, <c>"7d"</c>.</summary>
public static class Duration
{
    /// <summary>Reads a duration.</summary>
    /// <param name="text">Digits with d, h, m, s or ms, largest unit first, without spaces, at most ten years.</param>
    /// <returns>The duration, in whole milliseconds.</returns>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out TimeSpan duration)
            ? duration
            : throw new FormatException($"'{text}' is not a duration: write digits with d, h, m, s or ms, largest first, such as \"1h30m\".");

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, in whole milliseconds.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        bool valid = DurationGrammar.TryParse(text, out long milliseconds);
        duration = TimeSpan.FromMilliseconds(milliseconds);
        return valid;
    }

    /// <summary>Writes a duration in its shortest form.</summary>
    /// <param name="duration">The duration; what is less than a millisecond is left out.</param>
    /// <returns>The text, which <see cref="Parse"/> reads.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than ten years.</exception>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromMilliseconds(DurationGrammar.LongestMs));
        return DurationGrammar.Format((long)duration.TotalMilliseconds);
    }
}
