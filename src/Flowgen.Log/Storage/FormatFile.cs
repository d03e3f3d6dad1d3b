using System.Globalization;
using System.Text;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>The file that makes a directory a log: two lines of text, so that a person who looks sees what it is.</summary>
internal static class FormatFile
{
    public const int Version = 1;
    private const string Title = "Flowgen log";
    private const int MaxBytes = 256;

    public static void Write(IFileSystem files, LogLayout layout) =>
        files.WriteDurably(layout.Root, LogLayout.FormatName, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Title}\nformat {Version}\n")));

    /// <summary>Whether a directory holds a log that this program can open; false if a new one can be created there.</summary>
    /// <exception cref="LogFormatException">It holds something else, a log of a newer format, or a symbolic link.</exception>
    public static bool Check(IFileSystem files, LogLayout layout)
    {
        var entries = files.List(layout.Root);
        if (entries.FirstOrDefault(e => e.Kind == FileKind.Link) is { Name: { } link })
            throw new LogFormatException($"'{Path.Combine(layout.Root, link)}' is a symbolic link, which would lead out of the log. Nothing was changed; put the file or directory itself there.");
        if (entries.Any(e => e.Name == LogLayout.FormatName))
        {
            CheckVersion(Encoding.ASCII.GetString(files.ReadAll(layout.Format, MaxBytes)), layout);
            return true;
        }

        foreach (var entry in entries)
        {
            if (!BelongsToAnUnfinishedLog(files, layout, entry))
                throw new LogFormatException($"'{layout.Root}' is no log: it has no file '{LogLayout.FormatName}', but holds '{entry.Name}'. Name the directory of a log, or, to create one, an empty or a new directory.");
        }

        return false;
    }

    // The format file is the last thing that a new log gets, and topics come after it.
    private static bool BelongsToAnUnfinishedLog(IFileSystem files, LogLayout layout, FileEntry entry) => entry.Name switch
    {
        LogLayout.LockName or LogLayout.CommitsName or LogLayout.FormatName + FileSystems.TemporarySuffix => true,
        LogLayout.TopicsName => files.List(layout.Topics).Count == 0,
        _ => false,
    };

    private static void CheckVersion(string text, LogLayout layout)
    {
        string[] lines = text.Split('\n');
        bool isFormat = lines.Length >= 2 && lines[0] == Title && lines[1].StartsWith("format ", StringComparison.Ordinal);
        if (!isFormat || !int.TryParse(lines[1].AsSpan("format ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
            throw new LogCorruptionException($"'{layout.Format}' does not name the format of a log. Nothing was changed; restore the file from a backup.");
        if (version > Version)
            throw new LogFormatException($"The log in '{layout.Root}' has format {version}; this program reads formats up to {Version}. Nothing was changed; open it with a newer Flowgen.");
    }
}
