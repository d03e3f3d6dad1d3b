using System.Buffers.Binary;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log;

/// <summary>A record of a commit file, or bytes of it that are none.</summary>
/// <param name="Position">Where it starts.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sequence">Number of the commit; 0 for bytes that are no record.</param>
/// <param name="Time">When it was committed, in Unix milliseconds.</param>
/// <param name="IsCheckpoint">Whether it holds the whole state.</param>
/// <param name="EntryBytes">Bytes of what it says.</param>
/// <param name="JournalBytes">Bytes of batches in it.</param>
/// <param name="Defect">What is wrong; null for a record.</param>
public sealed record CommitSummary(long Position, int Bytes, long Sequence, long Time, bool IsCheckpoint, int EntryBytes, int JournalBytes, string? Defect)
{
    /// <summary>Reads a commit file on its own, whatever has become of it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its records, in the order of the file.</returns>
    public static IReadOnlyList<CommitSummary> ReadFile(string path) => ReadFile(Path.GetFullPath(path), FileSystems.ForThisMachine);

    internal static IReadOnlyList<CommitSummary> ReadFile(string path, IFileSystem files)
    {
        byte[] content = new ReadOnlyFileSystem(files).ReadAll(path, CommitFormat.MaxFileBytes);
        var found = new List<CommitSummary>();
        for (int at = Math.Min(CommitFormat.FileHeaderSize, content.Length); at < content.Length;)
        {
            var next = At(content, at);
            found.Add(next);
            at += next.Bytes;
        }

        return found;
    }

    private static CommitSummary At(byte[] content, int at)
    {
        int length = CommitFormat.ValidLength(content.AsSpan(at));
        if (length == 0)
            return Damaged(content, at);
        var record = content.AsMemory(at, length);
        bool isCheckpoint = (CommitFormat.Flags(record.Span) & CommitFormat.CheckpointFlag) != 0;
        long time = BinaryPrimitives.ReadInt64LittleEndian(record.Span[24..]);
        return new CommitSummary(at, length, CommitFormat.Sequence(record.Span), time, isCheckpoint, CommitFormat.Entries(record.Span).Length, CommitFormat.Journal(record).Length, null);
    }

    private static CommitSummary Damaged(byte[] content, int at)
    {
        int next = at + BatchFormat.Alignment;
        while (next < content.Length && CommitFormat.ValidLength(content.AsSpan(next)) == 0)
            next += BatchFormat.Alignment;
        next = Math.Min(next, content.Length);
        return new CommitSummary(at, next - at, 0, 0, false, 0, 0, "no whole commit record starts here");
    }
}
