using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flowgen;

/// <summary>Sizes in configuration and command lines: digits with KB, MB, GB or TB, which are powers of 1024: <c>"64MB"</c>.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["KB", "MB", "GB", "TB"];

    /// <summary>Reads a size.</summary>
    /// <param name="text">Digits with KB, MB, GB or TB, without spaces.</param>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="FormatException">The text is not a size.</exception>
    public static long Parse(string text) =>
        TryParse(text, out long bytes)
            ? bytes
            : throw new FormatException($"'{text}' is not a size: write digits with KB, MB, GB or TB, such as \"64MB\".");

    /// <summary>Reads a size.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>Whether the text is a size.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out long bytes)
    {
        bytes = 0;
        if (text is null || text.Length < 3) return false;
        int unit = Array.IndexOf(Units, text[^2..]);
        if (unit < 0 || !long.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out long count)) return false;
        int shift = 10 * (unit + 1);
        if (count > long.MaxValue >> shift) return false;
        bytes = count << shift;
        return true;
    }
}
