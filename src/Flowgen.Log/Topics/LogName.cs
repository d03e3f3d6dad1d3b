using System.Buffers;

namespace Flowgen.Log;

/// <summary>
/// Which names topics and groups can have: letters, digits, '.', '_' and '-', so that a name is a name of a directory everywhere and never
/// leads out of the log.
/// </summary>
public static class LogName
{
    /// <summary>Most characters of a name.</summary>
    public const int MaxLength = 249;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>Checks a name.</summary>
    /// <param name="what">What it names, for the message: "topic" or "group".</param>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidTopicNameException">It cannot be used; the message says why.</exception>
    public static void Validate(string what, string name)
    {
        if (Defect(name) is { } defect)
            throw new InvalidTopicNameException($"'{Shown(name)}' cannot be the name of a {what}: {defect}. Use 1 to {MaxLength} letters, digits, '.', '_' and '-'.");
    }

    private static string? Defect(string name)
    {
        if (string.IsNullOrEmpty(name))
            return "it is empty";
        if (name.Length > MaxLength)
            return $"it has {name.Length} characters";
        int bad = name.AsSpan().IndexOfAnyExcept(Allowed);
        if (bad >= 0)
            return $"it holds the character U+{(int)name[bad]:X4} at {bad}";
        if (name is "." or "..")
            return "it names a directory of the file system";
        if (name.EndsWith('.'))
            return "Windows drops a '.' at the end of a name";
        string stem = name.Split('.')[0];
        return Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) ? $"'{stem}' is a device of Windows" : null;
    }

    // A name may be hostile input: it is shown without control characters and not at any length.
    private static string Shown(string? name)
    {
        string text = name ?? "";
        string start = text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
        return string.Concat(start.Select(c => char.IsControl(c) ? '?' : c));
    }
}
